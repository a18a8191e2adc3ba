/** The time range of a page: relative ("24h") or absolute (from, to), always in the URL. */
import { useMemo } from "react";
import { useMinute } from "./clock";
import { choiceParam, timeParam } from "./search";
import { type Search, useUrl } from "./url";

export const RANGES = ["1h", "24h", "7d", "30d", "90d", "all"] as const;
export type RangeName = (typeof RANGES)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SPAN_MS: Record<Exclude<RangeName, "all">, number> = {
  "1h": HOUR_MS, "24h": 24 * HOUR_MS, "7d": 7 * 24 * HOUR_MS, "30d": 30 * 24 * HOUR_MS, "90d": 90 * 24 * HOUR_MS,
};
/** Series end somewhere: what "all" shows of them. */
const SERIES_SPAN_MS_MAX = SPAN_MS["90d"];

export interface Range {
  /** Null when the range is absolute. */
  name: RangeName | null;
  /** RFC 3339; absent where the range is open. */
  from?: string;
  to?: string;
}

export function rangeOf(search: Search, now: number, fallback: RangeName): Range {
  const from = timeParam(search["from"]);
  const to = timeParam(search["to"]);
  if (from !== undefined && to !== undefined) return { name: null, from, to };
  const name = choiceParam(search["range"], RANGES) ?? fallback;
  if (name === "all") return { name };
  // Whole minutes: the same range asks the same question for a minute.
  const end = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  return { name, from: new Date(end - SPAN_MS[name]).toISOString() };
}

/** The range that the URL names. Its relative bounds move once a minute. */
export function useRange(fallback: RangeName = "24h"): Range {
  const [search] = useUrl();
  const minute = useMinute();
  const { from, to, range } = search;
  return useMemo(() => rangeOf({ from, to, range }, minute, fallback), [from, to, range, minute, fallback]);
}

/** Both bounds, for what cannot be open: series, and the overview. */
export function closedRange(range: Range, now: number): { from: string; to: string } {
  const end = range.to ?? new Date(Math.ceil(now / MINUTE_MS) * MINUTE_MS).toISOString();
  const from = range.from ?? new Date(Date.parse(end) - SERIES_SPAN_MS_MAX).toISOString();
  return { from, to: end };
}

/** The span just before, of the same length. */
export function rangeBefore({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const length = Date.parse(to) - Date.parse(from);
  return { from: new Date(Date.parse(from) - length).toISOString(), to: from };
}
