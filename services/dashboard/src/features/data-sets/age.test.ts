import { expect, test } from "vitest";
import { ageInDays, OLD_AFTER_DAYS, stateOf } from "./age";

const NOW = Date.parse("2026-11-25T12:00:00Z");

test("counts whole days, and none for what has no date", () => {
  expect(ageInDays("2026-11-20", NOW)).toBe(5);
  expect(ageInDays("2026-11-26", NOW)).toBe(0);
  expect(ageInDays(null, NOW)).toBeNull();
  expect(ageInDays("soon", NOW)).toBeNull();
});

test("a missing file is missing whatever its date", () => {
  expect(stateOf(false, 1)).toBe("missing");
  expect(stateOf(true, null)).toBe("undated");
  expect(stateOf(true, OLD_AFTER_DAYS)).toBe("current");
  expect(stateOf(true, OLD_AFTER_DAYS + 1)).toBe("old");
});
