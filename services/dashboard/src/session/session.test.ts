import { describe, expect, it } from "vitest";
import { safeNext } from "./session";

describe("safeNext", () => {
  it.each([
    ["/users?band=low", "/users?band=low"],
    [undefined, "/"],
    ["https://evil.test/", "/"],
    ["//evil.test/", "/"],
    ["/\\evil.test/", "/"],
    ["/\t/evil.test/", "/"],
    ["javascript:alert(1)", "/"],
    ["/login?next=/login", "/"],
  ])("%s leads to %s", (next, target) => {
    expect(safeNext(next)).toBe(target);
  });
});
