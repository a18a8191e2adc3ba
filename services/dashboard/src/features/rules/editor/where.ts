/** Where in a pack the cursor stands: keys of the maps around it, from the outermost. */
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import type { Place } from "./vocabulary";

const EXPRESSIONS = new Set(["when", "where", "count", "sum", "ratio", "first_seen", "last_seen"]);
const KEY_LINE = /^(\s*(?:- )*)(?:([A-Za-z_][\w.]*):)?/;

export interface Where {
  keys: readonly string[];
  /** The key whose value is being written; null where a key is. */
  value: string | null;
}

export const isExpression = (key: string | null): boolean => key !== null && EXPRESSIONS.has(key);

/** Read off the indents, which also hold while what is being written is not yet YAML. */
export function whereAt(state: EditorState, pos: number): Where {
  const flow = flowKeyAt(state, pos);
  const line = state.doc.lineAt(pos);
  const [, lead = "", key] = KEY_LINE.exec(line.text) ?? [];
  const inValue = key !== undefined && pos > line.from + lead.length + key.length;
  const keys = parentsOf(state, line.number, lead.length);
  if (flow) return { keys: key === undefined ? keys : [...keys, key], value: flow.inValue ? flow.key : null };
  if (inValue) return { keys, value: key };
  return continued(state, line.number, lead.length) ?? { keys, value: null };
}

function parentsOf(state: EditorState, number: number, indent: number): string[] {
  const keys: string[] = [];
  let wanted = indent;
  for (let at = number - 1; at > 0 && wanted > 0; at--) {
    const [, lead = "", key] = KEY_LINE.exec(state.doc.line(at).text) ?? [];
    if (key === undefined || lead.length >= wanted) continue;
    keys.unshift(key);
    wanted = lead.length;
  }
  return keys;
}

/** Within a text of several lines, the key is above. */
function continued(state: EditorState, number: number, indent: number): Where | null {
  for (let at = number - 1; at > 0; at--) {
    const { text } = state.doc.line(at);
    const [, lead = "", key] = KEY_LINE.exec(text) ?? [];
    if (key === undefined) continue;
    const open = isExpression(key) && lead.length < indent && text.slice(lead.length + key.length + 1).trim() !== "";
    return open ? { keys: parentsOf(state, at, lead.length), value: key } : null;
  }
  return null;
}

/** The part of `{ key: value }` at a place. */
function flowKeyAt(state: EditorState, pos: number): { key: string | null; inValue: boolean } | null {
  let node: SyntaxNode | null = syntaxTree(state).resolveInner(pos, -1);
  let pair: SyntaxNode | null = null;
  for (; node; node = node.parent) {
    if (node.name === "Pair" && !pair) pair = node;
    if (node.name === "FlowMapping") break;
    if (node.name === "BlockMapping") return null;
  }
  if (!node) return null;
  // Right after the colon there is no value yet to be in.
  pair ??= node.getChildren("Pair").findLast(({ from, to }) => from < pos && state.sliceDoc(to, pos).trim() === "") ?? null;
  const key = pair?.getChild("Key");
  if (!key) return { key: null, inValue: false };
  return { key: state.sliceDoc(key.from, key.to), inValue: pos > key.to };
}

export function placeOf({ keys }: Where): Place {
  if (keys[0] === "windows") return "window";
  return keys[0] === "policies" ? "policy" : "rule";
}
