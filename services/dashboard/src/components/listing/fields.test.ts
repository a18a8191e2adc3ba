import { describe, expect, it } from "vitest";
import { labelOf, parseToken, suggestions, tokensOf } from "./fields";

const fields = [
  { key: "country", name: "Country", example: "NG" },
  { key: "band", name: "Trust", options: [{ value: "low", label: "Low trust" }, { value: "high", label: "High trust" }] },
];

describe("parseToken", () => {
  it("knows a field by its key and by its name", () => {
    expect(parseToken("country: NG", fields)).toEqual({ key: "country", value: "NG" });
    expect(parseToken("Trust:low trust", fields)).toEqual({ key: "band", value: "low" });
  });
  it("leaves text that is no filter to the search", () => {
    expect(parseToken("https://a.example", fields)).toBeNull();
    expect(parseToken("country:", fields)).toBeNull();
    expect(parseToken("band:purple", fields)).toBeNull();
  });
});

it("offers fields first, then the values of the field named", () => {
  expect(suggestions("c", fields).map(({ text }) => text)).toEqual(["country:"]);
  expect(suggestions("band:hi", fields)).toEqual([{ text: "High trust", label: "High trust", token: { key: "band", value: "high" } }]);
});

it("reads tokens from the URL and names their values", () => {
  const [token] = tokensOf({ band: "low", other: "x" }, fields);
  expect(token).toEqual({ key: "band", value: "low" });
  expect(token && labelOf(token, fields)).toBe("Low trust");
});
