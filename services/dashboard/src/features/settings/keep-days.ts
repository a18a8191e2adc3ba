/** Days by kind as typed, and what of it differs from what is in force. Empty is for ever. */
import { wholeNumber } from "./numbers";
import type { RetentionKind } from "./queries";

export type Typed = Readonly<Record<string, string>>;
export type KeepDays = Record<string, number | null>;

export function typedOf(kinds: readonly RetentionKind[]): Typed {
  return Object.fromEntries(kinds.map(({ kind, keep_days: days }) => [kind, typeof days === "number" ? String(days) : ""]));
}

function daysOf(kind: RetentionKind, typed: Typed): number | null {
  return wholeNumber(typed[kind.kind] ?? "", kind.days_min, kind.days_max);
}

/** The first kind whose text is neither empty nor a number it takes. */
export function wrongKind(kinds: readonly RetentionKind[], typed: Typed): RetentionKind | undefined {
  return kinds.find((kind) => (typed[kind.kind] ?? "").trim() !== "" && daysOf(kind, typed) === null);
}

export function keepDaysOf(kinds: readonly RetentionKind[], typed: Typed): KeepDays {
  const all = kinds.map((kind) => ({ kind: kind.kind, before: kind.keep_days ?? null, after: daysOf(kind, typed) }));
  return Object.fromEntries(all.filter(({ before, after }) => before !== after).map(({ kind, after }) => [kind, after]));
}
