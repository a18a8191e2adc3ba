/** Colours the conditions within a pack, which to YAML are plain texts. */
import { syntaxTree } from "@codemirror/language";
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { celTokens } from "../cel";
import { isExpression } from "./where";

const marks = new Map(["text", "number", "keyword", "function", "name", "operator"].map((kind) => [kind, Decoration.mark({ class: `cel-${kind}` })]));

function decorated(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const visible of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      ...visible,
      enter: ({ node }) => {
        if (node.name !== "Pair") return;
        const key = node.getChild("Key");
        const value = node.getChild("Literal") ?? node.getChild("QuotedLiteral") ?? node.getChild("BlockLiteral");
        if (!key || !value || !isExpression(view.state.sliceDoc(key.from, key.to))) return;
        for (const { kind, from, to } of celTokens(view.state.sliceDoc(value.from, value.to))) {
          const mark = marks.get(kind);
          if (mark) builder.add(value.from + from, value.from + to, mark);
        }
      },
    });
  }
  return builder.finish();
}

export const expressions = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorated(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.decorations = decorated(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
