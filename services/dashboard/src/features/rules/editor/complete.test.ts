import { CompletionContext } from "@codemirror/autocomplete";
import { yaml } from "@codemirror/lang-yaml";
import { EditorState } from "@codemirror/state";
import { expect, it } from "vitest";
import { completions } from "./complete";
import { explain, type RuleWord, type Vocabulary } from "./vocabulary";
import { placeOf, whereAt } from "./where";

const word = (kind: string, name: string, places = ["rule", "policy", "window"]): RuleWord => ({ kind, name, form: name, doc: `about ${name}`, places, type: "bool" });
const vocabulary: Vocabulary = {
  words: [
    word("fact", "event.type"), word("fact", "user.is_watched", ["rule", "policy"]), word("fact", "score.trust", ["policy"]), word("function", "has"),
    word("event_type", "account_login"), word("list", "url"), word("window_key", "address", ["window"]), word("fact", "custom."),
  ],
  windows: [{ name: "failures", text: "count: x", from: 0, to: 0 }],
};

/** What is offered where the text has a bar. */
function offered(marked: string): string[] {
  const at = marked.indexOf("|");
  const state = EditorState.create({ doc: marked.replace("|", ""), extensions: [yaml()] });
  return completions(() => vocabulary)(new CompletionContext(state, at, true))?.options.map(({ label }) => label) ?? [];
}

const RULE = "rules:\n  - id: X01\n    when: ";

it("offers facts, windows and functions in a condition", () => {
  expect(offered(`${RULE}ev|`)).toEqual(["failures", "event.type", "user.is_watched", "custom.", "has"]);
  expect(offered(`${RULE}event.type == "a"\n      && |`)).toEqual(["failures", "event.type", "user.is_watched", "custom.", "has"]);
  expect(offered("policies:\n  - id: a\n    when: |")).toContain("score.trust");
});
it("offers only what windows may read within windows", () => {
  expect(offered("windows:\n  a: { count: |, by: address }")).toEqual(["event.type", "custom.", "has"]);
  expect(offered("windows:\n  a:\n    by: |")).toEqual(["address"]);
});
it("offers what may stand in quotes", () => {
  expect(offered(`${RULE}event.type == "|"`)).toEqual(["account_login"]);
  expect(offered(`${RULE}inList(event.url, "|")`)).toEqual(["url"]);
});
it("offers the keys that fit the place", () => {
  expect(offered("|")).toEqual(["family", "windows", "rules", "policies"]);
  expect(offered("rules:\n  - id: X01\n    |")).toContain("explanation");
  expect(offered("policies:\n  - id: a\n    verdict: |")).toEqual(["allow", "review", "challenge", "deny"]);
  expect(offered("rules:\n  - id: X01\n    tests:\n      - name: a\n        |")).toEqual(["name", "given", "fires"]);
  expect(offered("rules:\n  - id: X01\n    tests:\n      - name: a\n        given: { | }")).toContain("event.type");
});
it("knows in which part of the pack one is", () => {
  const state = EditorState.create({ doc: "policies:\n  - id: a\n    when: x", extensions: [yaml()] });
  expect(placeOf(whereAt(state, state.doc.length))).toBe("policy");
});
it("explains windows, words and own fields", () => {
  expect(explain("failures", vocabulary)?.doc).toBe("count: x");
  expect(explain("event.type", vocabulary)?.doc).toBe("about event.type");
  expect(explain("custom.plan", vocabulary)?.doc).toBe("about custom.");
  expect(explain("nothing", vocabulary)).toBeNull();
});
