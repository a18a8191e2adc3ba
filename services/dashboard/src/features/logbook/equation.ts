import type { Ledger } from "../../api/types";

/** Where an accepted event can be. */
export const PARTS = ["scored", "duplicate", "conflict", "parked", "in_flight"] as const;

/** How many accepted events are in none of the places; below zero when the places hold more. */
export function missingOf(ledger: Pick<Ledger, "accepted" | (typeof PARTS)[number]>): number {
  return PARTS.reduce((rest, part) => rest - ledger[part], ledger.accepted);
}
