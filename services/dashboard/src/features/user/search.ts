import { textParam, timeParam } from "../../lib/search";

/** What the URL of a user's page says: which event is open. */
export interface UserSearch {
  event?: string;
  at?: string;
}

export function userSearch(search: Record<string, unknown>): UserSearch {
  return { event: textParam(search["event"]), at: timeParam(search["at"]) };
}
