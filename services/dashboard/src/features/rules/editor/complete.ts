/** What can be written next. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { RuleWord, Vocabulary } from "./vocabulary";
import { isExpression, placeOf, whereAt, type Where } from "./where";

const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": ["family", "windows", "rules", "policies"],
  windows: ["count", "distinct", "sum", "ratio", "first_seen", "last_seen", "where", "by", "over"],
  rules: ["id", "name", "explanation", "when", "scope", "reason", "tags", "needs", "tests"],
  policies: ["id", "name", "event_types", "when", "verdict", "reason", "tests"],
  tests: ["name", "given", "fires"],
};
const VALUES: Readonly<Record<string, readonly string[]>> = {
  scope: ["user", "event"], verdict: ["allow", "review", "challenge", "deny"], fires: ["true", "false"], over: ["10m", "1h", "24h", "7d", "30d"],
};
const KINDS: Readonly<Record<string, string>> = { fact: "property", function: "function", operator: "keyword", event_type: "enum", list: "constant", window_kind: "keyword", window_key: "type" };

export function completions(vocabulary: () => Vocabulary) {
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/[\w.]*/);
    const before = context.state.sliceDoc(context.state.doc.lineAt(context.pos).from, typed?.from ?? context.pos);
    if (!context.explicit && (typed === null || typed.from === typed.to) && !/["'{]$/.test(before)) return null;
    const options = optionsAt(whereAt(context.state, context.pos), before, vocabulary());
    return options.length > 0 ? { from: typed?.from ?? context.pos, options, validFor: /^[\w.]*$/ } : null;
  };
}

function optionsAt(where: Where, before: string, vocabulary: Vocabulary): Completion[] {
  const { value, keys } = where;
  if (value === null) return keys.at(-1) === "given" ? factsOf(where, vocabulary).map((one) => ({ ...one, apply: `${one.label}: ` })) : keysAt(where);
  if (isExpression(value)) return inExpression(where, before, vocabulary);
  if (value === "reason") return /\{[\w.]*$/.test(before) ? factsOf(where, vocabulary) : [];
  if (value === "by" || value === "distinct") return ofKind(vocabulary, "window_key");
  if (value === "event_types" || value === "event.type") return ofKind(vocabulary, "event_type");
  return (VALUES[value] ?? []).map((label) => ({ label, type: "enum" }));
}

function keysAt({ keys }: Where): Completion[] {
  const inner = keys.includes("tests") ? "tests" : (keys[0] ?? "");
  return (KEYS[inner] ?? []).map((label) => ({ label, type: "keyword", apply: `${label}: ` }));
}

/** Within quotes stand types of events and names of lists, elsewhere facts, functions and windows. */
function inExpression(where: Where, before: string, vocabulary: Vocabulary): Completion[] {
  const quotes = before.match(/"/g)?.length ?? 0;
  if (quotes % 2 === 1) return ofKind(vocabulary, /(?:inList|containsAny)\([^)]*$/.test(before) ? "list" : "event_type");
  return [...factsOf(where, vocabulary), ...ofKind(vocabulary, "function").map((one) => ({ ...one, apply: `${one.label.split(".").at(-1) ?? one.label}(` }))];
}

function factsOf(where: Where, vocabulary: Vocabulary): Completion[] {
  const place = placeOf(where);
  const windows = place === "window" ? [] : vocabulary.windows.map(({ name, text }): Completion => ({ label: name, type: "variable", detail: "int", info: text, boost: 1 }));
  return [...windows, ...vocabulary.words.filter(({ kind, places }) => kind === "fact" && places.includes(place)).map(optionOf)];
}

function ofKind({ words }: Vocabulary, kind: string): Completion[] {
  return words.filter((word) => word.kind === kind).map(optionOf);
}

function optionOf({ name, kind, type, unit, form, doc }: RuleWord): Completion {
  const detail = [type, unit].filter((part) => part).join(", ");
  return { label: name, type: KINDS[kind], detail: detail === "" ? undefined : detail, info: form === name || kind === "event_type" || kind === "list" ? doc : `${form}: ${doc}` };
}
