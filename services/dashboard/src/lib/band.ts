/** Trust bands. The API sends the band with users and only the score with events; both lead here. */
export const BANDS = ["low", "medium", "high"] as const;
export type Band = (typeof BANDS)[number];

const LOW_MAX = 32;
const MEDIUM_MAX = 66;

export function isBand(value: unknown): value is Band {
  return BANDS.some((band) => band === value);
}

export function bandOfScore(score: number): Band {
  if (score <= LOW_MAX) return "low";
  return score <= MEDIUM_MAX ? "medium" : "high";
}

/** The band the server named, else the band of the score, else none. */
export function bandOf(score: number | null | undefined, named?: string | null): Band | null {
  if (isBand(named)) return named;
  return typeof score === "number" ? bandOfScore(score) : null;
}

export const SEVERITIES = ["normal", "editing", "alert"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** An unknown severity counts as an alert: better looked at once too often. */
export function severityOf(value: string): Severity {
  return SEVERITIES.find((severity) => severity === value) ?? "alert";
}
