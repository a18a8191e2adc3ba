import { expect, it } from "vitest";
import { folded, lineDiff } from "./line-diff";

const told = (before: string | null, after: string | null) => lineDiff(before, after).map(({ kind, text }) => `${kind[0]} ${text}`);

it("keeps what is the same and shows what came and went", () => {
  expect(told("a\nb\nc\n", "a\nx\nc\nd\n")).toEqual(["s a", "r b", "a x", "s c", "a d"]);
});
it("shows a new and a removed text as a whole", () => {
  expect(told(null, "a\nb\n")).toEqual(["a a", "a b"]);
  expect(told("a\n", null)).toEqual(["r a"]);
});
it("folds what is far from any change", () => {
  const before = Array.from({ length: 20 }, (_, n) => String(n)).join("\n");
  const lines = folded(lineDiff(before, before.replace("\n10\n", "\nten\n")), 2);
  expect(lines.map(({ kind }) => kind)).toEqual(["gap", "same", "same", "removed", "added", "same", "same", "gap"]);
  expect(lines[0]?.skipped).toBe(8);
});
