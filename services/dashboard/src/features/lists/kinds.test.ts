import { describe, expect, it } from "vitest";
import { guessKind, importLines } from "./kinds";

describe("guessKind", () => {
  it.each([
    ["198.51.100.7", "address"], ["2001:db8::1", "address"], ["198.51.100.0/24", "prefix"], ["AS64500", "network"], ["ada@example.org", "email"],
    ["example.org", "domain"], ["+1 202 555 0100", "phone"], ["ec4f28e7108fdd8a", "device"], ["u1000000", "user"],
  ])("takes %s for a %s", (typed, kind) => expect(guessKind(typed)).toBe(kind));
});

it("reads lines with and without a list", () => {
  expect(importLines("address, 198.51.100.7\r\n\nallow,email,ada@example.org")).toEqual([
    { kind: "address", value: "198.51.100.7" }, { list: "allow", kind: "email", value: "ada@example.org" },
  ]);
});
