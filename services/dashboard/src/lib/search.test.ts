import { describe, expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./search";

describe("search parameters", () => {
  it("survive the way into the URL and back", () => {
    const search = { q: "a&b=c 123", rule: "A01", ip: "10.0.0.1" };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
    expect(stringifySearch({ q: undefined, rule: "" })).toBe("");
  });
});
