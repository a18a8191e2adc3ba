import { expect, it } from "vitest";
import { expiryOf } from "./until";

it("ends a decision so many days from now, or never", () => {
  const now = Date.parse("2026-03-01T12:00:00Z");
  expect(expiryOf("week", now)).toBe("2026-03-08T12:00:00.000Z");
  expect(expiryOf("always", now)).toBeUndefined();
  expect(expiryOf("a year", now)).toBeUndefined();
});
