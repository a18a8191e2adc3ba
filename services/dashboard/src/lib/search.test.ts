import { describe, expect, it } from "vitest";
import { activitySearch } from "../features/activity/search";
import { usersSearch } from "../features/users/search";
import { parseSearch, stringifySearch } from "./search";

describe("search parameters", () => {
  it("survive the way into the URL and back", () => {
    const search = { q: "a&b=c 123", rule: "A01", ip: "10.0.0.1" };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
    expect(stringifySearch({ q: undefined, rule: "" })).toBe("");
  });

  it("of Users drop what is not allowed", () => {
    expect(usersSearch({ band: "worst", sort: "name", q: "7", rule: "" })).toEqual({ band: undefined, sort: undefined, q: "7", rule: undefined });
  });

  it("of Activity need both ends of a span", () => {
    const from = "2026-11-22T12:00:00.000Z";
    expect(activitySearch({ from }).from).toBeUndefined();
    expect(activitySearch({ from, to: "later" }).from).toBeUndefined();
    expect(activitySearch({ from, to: from }).from).toBe(from);
  });
});
