import { expect, it } from "vitest";
import { stacked } from "./plot-data";

const part = (label: string, values: number[], before = false) => ({ label, tone: "normal" as const, values, before });

it("stacks columns with the last series at the bottom, and leaves the time before as it was", () => {
  expect(stacked([part("normal", [5, 0]), part("alert", [1, 2]), part("normal", [9, 9], true)], "columns")).toEqual([[6, 2], [1, 2], [9, 9]]);
});

it("draws lines as they are", () => {
  expect(stacked([part("a", [5]), part("b", [1])], "lines")).toEqual([[5], [1]]);
});
