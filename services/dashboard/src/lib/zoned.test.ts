import { expect, it } from "vitest";
import { fromZoned, toZoned } from "./zoned";

it("shows a moment as the clocks of the zone did", () => {
  expect(toZoned("2026-07-01T12:00:00Z", "Europe/Berlin")).toBe("2026-07-01T14:00");
  expect(toZoned("2026-01-01T12:00:00Z", "America/New_York")).toBe("2026-01-01T07:00");
});

it("reads back what it showed, also around a change of the clocks", () => {
  for (const iso of ["2026-03-29T00:30:00.000Z", "2026-03-29T01:30:00.000Z", "2026-10-25T02:30:00.000Z", "2026-06-01T00:00:00.000Z"]) {
    expect(fromZoned(toZoned(iso, "Europe/Berlin"), "Europe/Berlin")).toBe(iso);
  }
});

it("refuses what is no date", () => {
  expect(fromZoned("", "UTC")).toBeNull();
});
