const HOUR_MS = 3_600_000;

/** Buckets that give a chart enough columns and not too many. */
export function bucketOf(span: { from: string; to: string }): string {
  const hours = (Date.parse(span.to) - Date.parse(span.from)) / HOUR_MS;
  if (hours <= 6) return "minute";
  return hours <= 24 * 14 ? "hour" : "day";
}
