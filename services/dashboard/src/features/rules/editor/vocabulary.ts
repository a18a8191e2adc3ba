/** Words an author may use, and what they mean: those of the language, and the windows of the pack itself. */
import type { components } from "../../../api/schema";
import type { PackWindow } from "../pack";

export type RuleWord = components["schemas"]["RuleWord"];
export type Place = "rule" | "policy" | "window";

export interface Vocabulary {
  words: readonly RuleWord[];
  windows: readonly PackWindow[];
}

export const NO_WORDS: Vocabulary = { words: [], windows: [] };

export function explain(name: string, { words, windows }: Vocabulary): { form: string; type: string; doc: string } | null {
  const window = windows.find((known) => known.name === name);
  if (window) return { form: window.name, type: "int", doc: window.text };
  const word = words.find((known) => known.name === name && known.kind !== "operator") ?? words.find(({ name: known }) => name.startsWith("custom.") && known === "custom.");
  if (!word) return null;
  return { form: word.form, type: [word.type, word.unit].filter((part) => part).join(", "), doc: word.doc };
}
