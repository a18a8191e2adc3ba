/** How old a data file is, and whether that is worth a word. */
export type State = "missing" | "undated" | "old" | "current";

const DAY_MS = 86_400_000;
/** Addresses and networks change hands; after half a year the answers are noticeably wrong. */
export const OLD_AFTER_DAYS = 180;

export function ageInDays(day: string | null, now: number): number | null {
  const at = day === null ? Number.NaN : Date.parse(day);
  return Number.isNaN(at) ? null : Math.max(0, Math.floor((now - at) / DAY_MS));
}

export function stateOf(isPresent: boolean, age: number | null): State {
  if (!isPresent) return "missing";
  if (age === null) return "undated";
  return age > OLD_AFTER_DAYS ? "old" : "current";
}
