/** Text needs a contrast of 4.5, marks need 3 (WCAG 2.2), in both themes. */
import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

type Theme = "light" | "dark";
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [name, { light, dark }]),
);

function luminance(name: string, theme: Theme): number {
  const hex = name === "white" ? "#ffffff" : tokens.get(name)?.[theme];
  if (!hex) throw new Error(`no colour --${name}`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [dark = 0, light = 0] = [luminance(one, theme), luminance(other, theme)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["surface", "raised", "sunken", "hover", "selected"];
const texts = ["text", "muted", "accent", "good", "notice", "warn", "bad"].flatMap((text) => surfaces.map((surface) => [text, surface] as const));
const filled = ["good", "notice", "warn", "bad"].map((meaning) => [meaning, `${meaning}-fill`] as const);
const marks = ["series-normal", "series-editing", "series-alert", "focus", "line-strong"].map((mark) => [mark, "raised"] as const);

describe.each(["light", "dark"] as const)("contrast in the %s theme", (theme) => {
  it.each([...texts, ...filled, ["white", "accent-fill"] as const])("%s on %s can be read", (text, surface) => {
    expect(contrast(text, surface, theme)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(marks)("%s on %s can be seen", (mark, surface) => {
    expect(contrast(mark, surface, theme)).toBeGreaterThanOrEqual(3);
  });
});
