import { describe, expect, it } from "vitest";
import { safeNext } from "./session";

describe("safeNext", () => {
  it.each([
    ["/users?band=low", "/users?band=low"],
    [undefined, "/activity"],
    ["https://evil.test/", "/activity"],
    ["//evil.test/", "/activity"],
    ["/\\evil.test/", "/activity"],
    ["/\t/evil.test/", "/activity"],
    ["javascript:alert(1)", "/activity"],
    ["/login?next=/login", "/activity"],
  ])("%s leads to %s", (next, target) => {
    expect(safeNext(next)).toBe(target);
  });
});
