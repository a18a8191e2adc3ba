import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { celTokens } from "./cel";
import { readPack } from "./pack";

const PACKS = new URL("../../../../../crates/rules/packs/", import.meta.url);

describe("every built-in pack", () => {
  for (const file of readdirSync(PACKS)) {
    it(file, () => {
      const text = readFileSync(new URL(file, PACKS), "utf8");
      const { rules, windows } = readPack(text);
      expect(rules.map(({ id }) => id)).toEqual([...text.matchAll(/^ *- id: (\w+)$/gm)].map((found) => found[1]));
      for (const { id, name, when, reason, tests } of rules) {
        expect(name && when && reason, id).not.toBe("");
        expect(celTokens(when).length, id).toBeGreaterThan(0);
        expect(tests.some(({ fires }) => fires) && tests.some(({ fires }) => !fires), id).toBe(true);
      }
      for (const { name, text: words } of windows) expect(words, name).toMatch(/by: |over: /);
    });
  }
});
