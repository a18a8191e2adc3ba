import { expect, it } from "vitest";
import { activitySearch } from "./search";

it("needs both ends of a span", () => {
  const from = "2026-11-22T12:00:00.000Z";
  expect(activitySearch({ from }).from).toBeUndefined();
  expect(activitySearch({ from, to: "later" }).from).toBeUndefined();
  expect(activitySearch({ from, to: from }).from).toBe(from);
});
