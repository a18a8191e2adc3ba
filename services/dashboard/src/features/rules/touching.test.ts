import { expect, it } from "vitest";
import { changeOf } from "./touching";
import type { RuleSetDiff } from "./types";

const diff = (part: Partial<RuleSetDiff>): RuleSetDiff => ({ weights: {}, modes: {}, thresholds: {}, lists: {}, packs: {}, ...part });

it("tells what a version changed about one rule", () => {
  expect(changeOf(diff({ weights: { A01: { from: 10, to: 70 } } }), "A01")).toBe("Weight 10 → 70");
  expect(changeOf(diff({ modes: { A01: { from: null, to: "off" } } }), "A01")).toBe("Mode Live → Off");
  expect(changeOf(diff({ weights: { A01: { from: 10, to: 70 } } }), "A02")).toBeNull();
});
it("sees a change of the rule within its pack, and not of its neighbours", () => {
  const pack = (name: string) => `rules:\n  - id: X01\n    name: ${name}\n  - id: X02\n    name: same\n`;
  const changes = diff({ packs: { own: { from: pack("a"), to: pack("b") } } });
  expect(changeOf(changes, "X01")).toBe("Pack own");
  expect(changeOf(changes, "X02")).toBeNull();
  expect(changeOf(diff({ packs: { own: { from: null, to: pack("a") } } }), "X02")).toBe("Pack own");
});
