import { describe, expect, it } from "vitest";
import { closedRange, rangeBefore, rangeOf } from "./range";

const NOW = Date.parse("2026-03-01T12:34:56Z");

describe("rangeOf", () => {
  it("takes an absolute range over a relative one", () => {
    const search = { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", range: "7d" };
    expect(rangeOf(search, NOW, "24h")).toEqual({ name: null, from: search.from, to: search.to });
  });
  it("ends relative ranges at a whole minute, so that the same range asks the same question", () => {
    expect(rangeOf({ range: "1h" }, NOW, "24h")).toEqual({ name: "1h", from: "2026-03-01T11:34:00.000Z" });
  });
  it("falls back when the name is unknown, or half of an absolute range is missing", () => {
    expect(rangeOf({ range: "2y", from: "2026-01-01T00:00:00Z" }, NOW, "24h").name).toBe("24h");
  });
  it("leaves everything open for all", () => {
    expect(rangeOf({ range: "all" }, NOW, "24h")).toEqual({ name: "all" });
  });
});

it("closes an open range at the next minute", () => {
  expect(closedRange({ name: "1h", from: "2026-03-01T11:34:00.000Z" }, NOW)).toEqual({
    from: "2026-03-01T11:34:00.000Z", to: "2026-03-01T12:35:00.000Z",
  });
});

it("finds the span before", () => {
  expect(rangeBefore({ from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z" })).toEqual({
    from: "2026-03-01T00:00:00.000Z", to: "2026-03-02T00:00:00Z",
  });
});
