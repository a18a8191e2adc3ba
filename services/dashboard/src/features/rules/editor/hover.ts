/** What a word means, for the pointer resting on it. */
import { hoverTooltip, type Tooltip } from "@codemirror/view";
import { explain, type Vocabulary } from "./vocabulary";

function wordAt(line: string, at: number): { from: number; to: number } | null {
  const found = [...line.matchAll(/[A-Za-z_][\w.]*/g)].find((word) => word.index <= at && at <= word.index + word[0].length);
  return found ? { from: found.index, to: found.index + found[0].length } : null;
}

export function hovers(vocabulary: () => Vocabulary) {
  return hoverTooltip((view, pos): Tooltip | null => {
    const line = view.state.doc.lineAt(pos);
    const word = wordAt(line.text, pos - line.from);
    if (!word) return null;
    const known = explain(line.text.slice(word.from, word.to), vocabulary());
    if (!known) return null;
    const create = () => {
      const dom = document.createElement("div");
      dom.className = "cm-meaning";
      dom.append(part("cm-meaning-form", known.form), part("cm-meaning-type", known.type), part("cm-meaning-doc", known.doc));
      return { dom };
    };
    return { pos: line.from + word.from, end: line.from + word.to, above: true, create };
  });
}

function part(className: string, words: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  element.textContent = words;
  return element;
}
