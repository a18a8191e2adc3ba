import { describe, expect, it } from "vitest";
import { compactCount, count, countryName, languageName, pathOf } from "./format";

describe("numbers", () => {
  it("are exact while they fit", () => {
    expect(count(1_234_567)).toBe("1,234,567");
    expect(compactCount(9_999_999)).toBe("9,999,999");
    expect(compactCount(12_345_678_901)).toBe("12.3bn");
  });
});

describe("countryName", () => {
  it("names countries and passes on what is none", () => {
    expect(countryName("NG")).toBe("Nigeria");
    expect(countryName("ng")).toBe("ng");
    expect(countryName("<b>")).toBe("<b>");
  });
});

describe("pathOf", () => {
  it.each([
    ["/orders?id=7", "/orders?id=7"],
    ["https://shop.example.test/orders#top", "/orders#top"],
    ["https://shop.example.test", "/"],
    ["https://shop.example.test?x=1", "?x=1"],
    ["javascript:alert(1)", "javascript:alert(1)"],
  ])("of %s is %s", (url, path) => {
    expect(pathOf(url)).toBe(path);
  });
});

describe("languageName", () => {
  it("names languages and passes on what is none", () => {
    expect(languageName("de")).toBe("German");
    expect(languageName("not a language!")).toBe("not a language!");
  });
});
