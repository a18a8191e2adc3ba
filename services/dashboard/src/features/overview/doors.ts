/** Where the numbers of the overview lead. */
import { SEVERITY_TYPES } from "../../lib/event-types";
import type { Range } from "../../lib/range";
import type { FindingKind } from "./findings";

export interface Door {
  to: string;
  search: Record<string, string | undefined>;
}

/** The range as other pages take it from the URL. */
export function rangeSearch({ name, from, to }: Range): Record<string, string | undefined> {
  return name === null ? { from, to } : { range: name };
}

export function eventsDoor(range: Range, filter: Record<string, string> = {}): Door {
  return { to: "/activity", search: { ...rangeSearch(range), ...filter } };
}

export function findingDoor(kind: FindingKind, range: Range): Door {
  if (kind === "ledger") return { to: "/activity", search: { sheet: "ledger" } };
  if (kind === "waiting") return { to: "/review", search: {} };
  if (kind === "login_failures") return eventsDoor(range, { event_type: "account_login_fail" });
  if (kind === "alerts") return eventsDoor(range, { event_type: SEVERITY_TYPES.alert });
  return eventsDoor(range);
}
