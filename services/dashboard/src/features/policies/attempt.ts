/** Trying policies on an example: the checker of the server runs the example as one more test of each policy. */
import { PackText } from "../rules/pack";
import { celTokens } from "../rules/cel";
import type { Ordered } from "./order";

/** Named so that no author's test has it. */
export const ATTEMPT = "an example being tried";

export type Given = Readonly<Record<string, number | boolean | string | readonly string[]>>;

function written(given: Given): string {
  return `{ ${Object.entries(given).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ")} }`;
}

/** The pack with the example as a first test of every policy, expected to match. */
export function withAttempt(text: string, given: Given): string {
  const pack = new PackText(text);
  const root = pack.root();
  if (!root) return text;
  const test = `{ name: ${JSON.stringify(ATTEMPT)}, given: ${written(given)}, fires: true }`;
  const places = pack.items(pack.field(root, "policies")).flatMap((policy) => {
    const tests = pack.field(policy, "tests");
    if (!tests) return [];
    if (tests.name === "FlowSequence") return [{ at: tests.from + 1, words: `${test}, ` }];
    const indent = tests.from - (text.lastIndexOf("\n", tests.from - 1) + 1);
    return [{ at: tests.from, words: `- ${test}\n${" ".repeat(indent)}` }];
  });
  return places.toReversed().reduce((made, { at, words }) => made.slice(0, at) + words + made.slice(at), text);
}

/** Ids of policies whose example did not match, as the checker tells failed tests. */
export function missed(failedTests: readonly string[]): Set<string> {
  return new Set(failedTests.flatMap((line) => {
    const [, id, name] = /^(?:rule|policy) (\S+), test "(.*)":/.exec(line) ?? [];
    return id !== undefined && name === ATTEMPT ? [id] : [];
  }));
}

/** Everything the policies read, for the fields of the form. */
export function namesRead(policies: readonly Ordered[]): string[] {
  const names = policies.flatMap(({ policy: { when } }) => celTokens(when).filter(({ kind }) => kind === "name").map(({ from, to }) => when.slice(from, to)));
  return [...new Set(names)].filter((name) => name !== "event.type").toSorted();
}

export type FieldKind = "number" | "choice" | "list" | "text";

export function fieldKind(name: string, type: string | null | undefined, isWindow: boolean): FieldKind {
  if (isWindow || type === "int") return "number";
  if (type === "bool" || /\.(?:is|has|was|hosts)_/.test(name)) return "choice";
  if (type === "set of texts" || name === "score.hits") return "list";
  return type === undefined && /^score\.|_count$|_days$/.test(name) ? "number" : "text";
}

/** What was filled in, as values; what is empty or no number stays unknown. */
export function valueOf(kind: FieldKind, typed: string): number | boolean | string | string[] | null {
  const text = typed.trim();
  if (text === "") return null;
  if (kind === "choice") return text === "yes";
  if (kind === "list") return text.split(",").map((one) => one.trim()).filter((one) => one !== "");
  if (kind === "text") return text;
  return /^-?\d+$/.test(text) ? Number(text) : null;
}
