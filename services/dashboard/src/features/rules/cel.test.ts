import { expect, it } from "vitest";
import { celTokens } from "./cel";

it("tells the words of a condition apart", () => {
  const text = `event.type == "a\\"b" && !has(custom.x) || failures >= 20 && user.id in ['x']`;
  expect(celTokens(text).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`)).toEqual([
    "name event.type", "operator ==", 'text "a\\"b"', "operator &&", "operator !", "function has", "name custom.x", "operator ||",
    "name failures", "operator >=", "number 20", "operator &&", "name user.id", "keyword in", "text 'x'",
  ]);
});
it("takes a text that is not closed", () => {
  expect(celTokens('"abc')).toEqual([{ kind: "text", from: 0, to: 4 }]);
});
