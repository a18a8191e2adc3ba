/** What changed between two texts, line by line. */
export interface DiffLine {
  kind: "same" | "added" | "removed" | "gap";
  text: string;
  /** Lines left out, for a gap. */
  skipped?: number;
}

/** Longer texts are compared as a whole: the table grows with both lengths. */
const LINES_MAX = 2_000;

function linesOf(text: string | null | undefined): string[] {
  return text === null || text === undefined || text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** Lengths of the longest common subsequences of all pairs of tails. */
function table(from: readonly string[], to: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: from.length + 1 }, () => new Uint16Array(to.length + 1));
  for (let i = from.length - 1; i >= 0; i--) {
    const row = rows[i] ?? new Uint16Array();
    const below = rows[i + 1] ?? new Uint16Array();
    for (let j = to.length - 1; j >= 0; j--) {
      row[j] = from[i] === to[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

export function lineDiff(before: string | null | undefined, after: string | null | undefined): DiffLine[] {
  const from = linesOf(before);
  const to = linesOf(after);
  const whole = (lines: string[], kind: DiffLine["kind"]) => lines.map((text) => ({ kind, text }));
  if (from.length > LINES_MAX || to.length > LINES_MAX) return [...whole(from, "removed"), ...whole(to, "added")];
  const common = table(from, to);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length && j < to.length) {
    const text = from[i] ?? "";
    if (text === to[j]) {
      lines.push({ kind: "same", text });
      i++;
      j++;
    } else if ((common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) {
      lines.push({ kind: "removed", text });
      i++;
    } else {
      lines.push({ kind: "added", text: to[j] ?? "" });
      j++;
    }
  }
  return [...lines, ...whole(from.slice(i), "removed"), ...whole(to.slice(j), "added")];
}

/** Leaves out what is far from any change. */
export function folded(lines: readonly DiffLine[], context = 3): DiffLine[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== "same"));
  const shown: DiffLine[] = [];
  let skipped = 0;
  lines.forEach((line, at) => {
    if (!near[at]) {
      skipped++;
      return;
    }
    if (skipped > 0) shown.push({ kind: "gap", text: "", skipped });
    skipped = 0;
    shown.push(line);
  });
  return skipped > 0 && shown.length > 0 ? [...shown, { kind: "gap", text: "", skipped }] : shown;
}
