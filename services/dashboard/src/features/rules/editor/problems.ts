/** What the checker found, as problems with a place in the text. */
import type { Fault, PackCheck } from "../types";

export interface Problem {
  severity: "error" | "warning" | "test";
  message: string;
  line: number;
  column: number;
  /** Places in the text. */
  from: number;
  to: number;
  suggestion: string | null;
}

function placed(fault: Fault, severity: Problem["severity"], lines: readonly string[]): Problem {
  const line = Math.min(Math.max(1, fault.line ?? 1), Math.max(1, lines.length));
  const text = lines[line - 1] ?? "";
  const column = Math.min(Math.max(1, fault.column ?? 1), text.length + 1);
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  // Without an end of its own the fault is the word that begins there.
  const word = /^[\w.]+|^\S+/.exec(text.slice(column - 1))?.[0].length ?? 0;
  const end = Math.min(fault.end_column ?? column + word, text.length + 1);
  return {
    severity, line, column, from: start + column - 1, to: start + Math.max(end, column) - 1,
    message: fault.message, suggestion: fault.suggestion ?? null,
  };
}

/** A failed test is told as `rule X01, test "name": ...`; it stands where the test does. */
function failedTest(message: string, lines: readonly string[]): Problem {
  const [, id = "", name = ""] = /^(?:rule|policy) (\S+), test "(.*)":/.exec(message) ?? [];
  const rule = lines.findIndex((line) => new RegExp(`\\bid:\\s*["']?${id.replaceAll(/\W/g, "")}\\b`).test(line));
  const test = lines.findIndex((line, at) => at > rule && line.includes(name) && /\bname:/.test(line));
  const line = Math.max(test, rule, 0) + 1;
  const column = Math.max(0, lines[line - 1]?.indexOf(test >= 0 ? name : id) ?? 0) + 1;
  return placed({ path: "", message, line, column, end_column: column + (test >= 0 ? name : id).length }, "test", lines);
}

export function problemsOf(check: PackCheck, text: string): Problem[] {
  const lines = text.split("\n");
  const problems = [
    ...check.faults.map((fault) => placed(fault, "error", lines)),
    ...check.failed_tests.map((message) => failedTest(message, lines)),
    ...check.warnings.map((fault) => placed(fault, "warning", lines)),
  ];
  return problems.toSorted((a, b) => a.from - b.from);
}
