import type { Ledger } from "../../api/types";

/** The places an accepted event can end in. */
export const LEDGER_PLACES = ["scored", "duplicate", "conflict", "parked", "in_flight"] as const;

export function accountedFor(ledger: Ledger): number {
  return LEDGER_PLACES.reduce((sum, place) => sum + ledger[place], 0);
}
