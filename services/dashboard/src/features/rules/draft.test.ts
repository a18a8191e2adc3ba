import { describe, expect, it } from "vitest";
import { acceptDraft, countOf, NO_CHANGES, patchOf, withMode, withPreset, withThresholds, withWeight } from "./draft";
import type { Rule } from "./types";

const rule: Rule = {
  rule_id: "A01", name: "n", explanation: "e", family: "f", scope: "user", mode: "live", weight: 10, tags: [], needs: [], is_builtin: true, users: 0,
};

describe("a draft", () => {
  it("remembers the version it was made from, and nothing once a change is taken back", () => {
    const changed = withWeight(NO_CHANGES, 4, rule, 70);
    expect(changed).toMatchObject({ base: 4, weights: { A01: 70 } });
    expect(withMode(changed, 5, rule, "shadow").base).toBe(4);
    expect(withWeight(changed, 4, rule, 10)).toEqual(NO_CHANGES);
  });

  it("counts every change", () => {
    const many = withThresholds(withPreset(withWeight(NO_CHANGES, 1, rule, 0), 1, "bots", true), 1, { review: 33, block: null }, { review: 40, block: null });
    expect(countOf(many)).toBe(4);
  });

  it("becomes a patch in which null gives back the default", () => {
    const changed = withMode(withPreset(NO_CHANGES, 1, "bots", true), 1, { ...rule, mode: "off" }, "live");
    expect(patchOf(changed, { weights: { B01: 20 } })).toEqual({ weights: { B01: null }, modes: { A01: null }, preset: "bots" });
    const blocking = withThresholds(NO_CHANGES, 1, { review: 33, block: 5 }, { review: 33, block: null });
    expect(patchOf(blocking, {})).toEqual({ weights: {}, modes: {}, thresholds: { block: null } });
  });

  it("is read back from what was kept, without what is odd", () => {
    expect(acceptDraft({ base: 3, weights: { A01: 70, B: "x" }, modes: { A01: "off", B: "loud" }, block: null })).toEqual({ base: 3, weights: { A01: 70 }, modes: { A01: "off" }, block: null });
    expect(acceptDraft({ weights: {} })).toBeUndefined();
    expect(acceptDraft("x")).toBeUndefined();
  });
});
