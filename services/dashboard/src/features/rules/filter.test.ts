import { describe, expect, it } from "vitest";
import { matches, sorted } from "./filter";
import type { Rule } from "./types";

const rule = (part: Partial<Rule>): Rule => ({
  rule_id: "A01", name: "Burst", explanation: "Failed logins", family: "Takeover", scope: "user", mode: "live", weight: 10, tags: ["attack.t1110"], needs: [], is_builtin: true, users: 1, ...part,
});

describe("matches", () => {
  it("finds words anywhere, in any order", () => {
    expect(matches(rule({}), { q: "logins burst" })).toBe(true);
    expect(matches(rule({}), { q: "t1110" })).toBe(true);
    expect(matches(rule({}), { q: "logins spray" })).toBe(false);
  });
  it("holds every filter", () => {
    expect(matches(rule({}), { sign: "bad", origin: "builtin", mode: "live" })).toBe(true);
    expect(matches(rule({ weight: -20 }), { sign: "bad" })).toBe(false);
  });
});

it("sorts what is missing to the end", () => {
  const rules = [rule({ rule_id: "V01", scope: "event" }), rule({ rule_id: "A01", users: 1 }), rule({ rule_id: "A02", users: 5 })];
  expect(sorted(rules, "-users").map(({ rule_id }) => rule_id)).toEqual(["A02", "A01", "V01"]);
  expect(sorted(rules, "users").map(({ rule_id }) => rule_id)).toEqual(["A01", "A02", "V01"]);
  expect(sorted(rules, "rule_id").map(({ rule_id }) => rule_id)).toEqual(["A01", "A02", "V01"]);
});
