import { expect, it } from "vitest";
import type { PackCheck } from "../types";
import { problemsOf } from "./problems";

const check = (part: Partial<PackCheck>): PackCheck => ({ is_accepted: false, faults: [], warnings: [], failed_tests: [], rules: [], windows: [], cost: 0, ...part });
const TEXT = "rules:\n  - id: X01\n    when: failurs >= 2\n    tests:\n      - name: fires\n";
const at = ({ from, to }: { from: number; to: number }) => TEXT.slice(from, to);

it("finds the word a fault is about", () => {
  const [problem] = problemsOf(check({ faults: [{ path: "", message: "m", line: 3, column: 11, suggestion: "failures" }] }), TEXT);
  expect(problem && at(problem)).toBe("failurs");
  expect(problem).toMatchObject({ severity: "error", line: 3, column: 11, suggestion: "failures" });
});
it("holds to the end that the checker names", () => {
  const [problem] = problemsOf(check({ faults: [{ path: "", message: "m", line: 3, column: 11, end_column: 15 }] }), TEXT);
  expect(problem && at(problem)).toBe("fail");
});
it("stays within a text that has changed since", () => {
  const [problem] = problemsOf(check({ faults: [{ path: "", message: "m", line: 90, column: 90 }] }), "a");
  expect(problem).toMatchObject({ line: 1, from: 1, to: 1 });
});
it("shows a failed test where it stands", () => {
  const [problem] = problemsOf(check({ failed_tests: ['rule X01, test "fires": expected to fire, found False'] }), TEXT);
  expect(problem).toMatchObject({ severity: "test", line: 5 });
  expect(problem && at(problem)).toBe("fires");
});
