import { expect, it } from "vitest";
import { bucketOf } from "./buckets";
import { missingOf } from "./equation";

it("finds what is missing from the ledger, and what is too much", () => {
  const places = { scored: 5, duplicate: 2, conflict: 1, parked: 1, in_flight: 1 };
  expect(missingOf({ accepted: 10, ...places })).toBe(0);
  expect(missingOf({ accepted: 13, ...places })).toBe(3);
  expect(missingOf({ accepted: 9, ...places })).toBe(-1);
});

it.each([[1, "minute"], [24, "hour"], [24 * 90, "day"]])("counts %s hours by the %s", (hours, bucket) => {
  const to = Date.parse("2026-11-25T12:00:00Z");
  expect(bucketOf({ from: new Date(to - hours * 3_600_000).toISOString(), to: new Date(to).toISOString() })).toBe(bucket);
});
