import { textParam } from "../../lib/search";

/** What the URL of a user's page says: which event is open. */
export interface UserSearch {
  event?: string;
}

export function userSearch(search: Record<string, unknown>): UserSearch {
  return { event: textParam(search["event"]) };
}
