/** Which rules a reader sees, and in what order: all are at hand, so the browser filters and sorts. */
import type { FilterField } from "../../components/listing/fields";
import type { Search } from "../../lib/url";
import { rules as text } from "../../strings/rules";
import { MODES, type Rule } from "./types";

const signOf = ({ weight }: Rule) => (weight > 0 ? "bad" : weight < 0 ? "good" : "none");
const originOf = ({ is_builtin: builtin }: Rule) => (builtin ? "builtin" : "own");
const options = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }));

export function ruleFields(rules: readonly Rule[]): FilterField[] {
  const families = [...new Set(rules.map(({ family }) => family))].toSorted();
  return [
    { key: "family", name: text.fields.family, options: families.map((value) => ({ value, label: value })) },
    { key: "mode", name: text.fields.mode, options: MODES.map((value) => ({ value, label: text.modes[value] ?? value })) },
    { key: "sign", name: text.fields.sign, options: options(text.signs) },
    { key: "origin", name: text.fields.origin, options: options(text.origins) },
    { key: "scope", name: text.fields.scope, options: options(text.scopes) },
  ];
}

export function matches(rule: Rule, search: Search): boolean {
  const { family, mode, sign, origin, scope, q } = search;
  const wanted = [[family, rule.family], [mode, rule.mode], [sign, signOf(rule)], [origin, originOf(rule)], [scope, rule.scope]];
  if (wanted.some(([want, has]) => want !== undefined && want !== has)) return false;
  const words = [rule.rule_id, rule.name, rule.explanation, rule.family, ...rule.tags].join(" ").toLowerCase();
  return (q ?? "").toLowerCase().split(/\s+/).every((word) => words.includes(word));
}

const KEYS: Readonly<Record<string, (rule: Rule) => string | number | null>> = {
  rule_id: (rule) => rule.rule_id,
  family: (rule) => rule.family,
  mode: (rule) => rule.mode,
  weight: (rule) => rule.weight,
  users: (rule) => (rule.scope === "event" ? null : rule.users),
  match_rate: (rule) => (rule.scope === "event" ? null : (rule.match_rate ?? null)),
  precision: (rule) => rule.precision?.share ?? null,
  last_fired: (rule) => rule.last_fired ?? null,
};

/** What is missing comes last in either direction; equal rules stay in the order of the catalogue. */
export function sorted(rules: readonly Rule[], sort: string): Rule[] {
  const down = sort.startsWith("-");
  const key = KEYS[down ? sort.slice(1) : sort];
  if (!key) return [...rules];
  return rules.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === y) return 0;
    if (x === null || y === null) return x === null ? 1 : -1;
    return x < y === down ? 1 : -1;
  });
}
