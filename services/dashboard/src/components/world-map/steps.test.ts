import { expect, it } from "vitest";
import { lettersOf } from "./codes";
import { stepOf, stepsOf } from "./steps";

it("covers every number from one to the largest without a gap", () => {
  for (const max of [1, 2, 3, 5, 6, 10, 97, 1_000, 4_408, 1_234_567]) {
    const steps = stepsOf([0, 1, max]);
    expect(steps[0]?.from).toBe(1);
    expect(steps.at(-1)?.to).toBe(max);
    steps.slice(1).forEach((step, index) => expect(step.from).toBe((steps[index]?.to ?? 0) + 1));
  }
});

it("gives nothing no shade and the largest the last", () => {
  const steps = stepsOf([3, 4_408]);
  expect(stepOf(0, steps)).toBe(0);
  expect(stepOf(1, steps)).toBe(1);
  expect(stepOf(4_408, steps)).toBe(5);
  expect(stepsOf([])).toEqual([]);
});

it("knows countries by the numbers of the map", () => {
  expect(lettersOf("076", "Brazil")).toBe("BR");
  expect(lettersOf("566", "Nigeria")).toBe("NG");
  expect(lettersOf(undefined, "Kosovo")).toBe("XK");
  expect(lettersOf(undefined, "Siachen Glacier")).toBeUndefined();
});
