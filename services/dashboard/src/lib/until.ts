/** How long decisions hold. */
export const UNTILS = ["always", "day", "week", "month"] as const;
const UNTIL_DAYS = { always: null, day: 1, week: 7, month: 30 } as const;
const DAY_MS = 86_400_000;

/** When a decision made now ends; nothing when it holds for good, or the choice is none of ours. */
export function expiryOf(until: unknown, now: number): string | undefined {
  const days = UNTIL_DAYS[UNTILS.find((name) => name === until) ?? "always"];
  return days === null ? undefined : new Date(now + days * DAY_MS).toISOString();
}
