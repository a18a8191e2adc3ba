import { describe, expect, it, vi } from "vitest";

vi.stubGlobal("location", { origin: "http://dashboard.test" });
const { backoffMs } = await import("./stream");

describe("backoffMs", () => {
  it("doubles up to its ceiling", () => {
    expect([0, 1, 2, 3, 4, 5, 20].map((attempt) => backoffMs(attempt, 1))).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  });

  it("is spread over the upper half, so that clients do not return together", () => {
    expect(backoffMs(2, 0)).toBe(2000);
    expect(backoffMs(2, 0.5)).toBe(3000);
  });
});
