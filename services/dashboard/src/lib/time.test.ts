import { describe, expect, it } from "vitest";
import { absoluteTime, bucketTime, delayBetween, relativeTime } from "./time";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const ago = (ms: number) => relativeTime(new Date(NOW - ms).toISOString(), NOW, "UTC");

describe("relativeTime", () => {
  it.each([
    [-4_000, "just now"], [0, "just now"], [1_999, "just now"], [2_000, "2 s ago"], [59_999, "59 s ago"], [60_000, "1 min ago"],
    [3_599_999, "59 min ago"], [3_600_000, "1 h ago"], [86_399_999, "23 h ago"], [86_400_000, "1 d ago"], [40 * 86_400_000, "13 Oct 2026"],
  ])("%i ms ago is %s", (ms, words) => {
    expect(ago(ms)).toBe(words);
  });

  it("shows a time in the future as it is", () => {
    expect(ago(-60_000)).toBe("22 Nov 2026, 12:01:00 UTC");
  });

  it("passes on what is no time", () => {
    expect(relativeTime("yesterday-ish", NOW, "UTC")).toBe("yesterday-ish");
  });
});

describe("absoluteTime", () => {
  it("names the zone, and falls back to UTC when the zone is not known", () => {
    expect(absoluteTime("2026-11-22T12:00:00Z", "Europe/Berlin")).toBe("22 Nov 2026, 13:00:00 CET");
    expect(absoluteTime("2026-11-22T12:00:00Z", "Mars/Olympus")).toBe("22 Nov 2026, 12:00:00 UTC");
  });
});

describe("bucketTime", () => {
  it("says from when to when, or which day", () => {
    expect(bucketTime(NOW, 1_800_000, "UTC")).toBe("22 Nov, 12:00 to 12:30");
    expect(bucketTime(NOW, 86_400_000, "UTC")).toBe("22 Nov");
  });
});

describe("delayBetween", () => {
  const after = (ms: number) => delayBetween(new Date(NOW).toISOString(), new Date(NOW + ms).toISOString());

  it("picks the unit that fits", () => {
    expect([180, 4_200, 120_000, 7_200_000].map(after)).toEqual(["180 ms", "4 s", "2 min", "2 h"]);
    expect(after(-1)).toBeNull();
  });
});
