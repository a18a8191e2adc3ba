import { describe, expect, it } from "vitest";
import { bandOf, bandOfScore, severityOf } from "./band";

describe("bands", () => {
  it("change exactly at their limits", () => {
    expect([0, 32, 33, 66, 67, 99].map(bandOfScore)).toEqual(["low", "low", "medium", "medium", "high", "high"]);
  });

  it("trust the server's word before the number, and know the missing score", () => {
    expect(bandOf(50, "low")).toBe("low");
    expect(bandOf(50, "splendid")).toBe("medium");
    expect(bandOf(null)).toBeNull();
    expect(bandOf(undefined, null)).toBeNull();
  });
});

describe("severityOf", () => {
  it("takes what it does not know for an alert", () => {
    expect(severityOf("editing")).toBe("editing");
    expect(severityOf("catastrophe")).toBe("alert");
  });
});
