import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged, pathOfList } from "../../api/paging";
import type { Session } from "../../api/types";
import type { Range } from "../../lib/range";
import type { Search } from "../../lib/url";

const EVENTS_AT_ONCE = 200;
const flag = (text: string | undefined) => (text === "true" ? true : undefined);

export function sessionFilter(search: Search, { from, to }: Range) {
  return { user_id: search["user_id"], ip: search["ip"], country: search["country"], has_alerts: flag(search["has_alerts"]), has_changes: flag(search["has_changes"]), from, to };
}
type Filter = ReturnType<typeof sessionFilter>;

export const sessionsQuery = (filter: Filter) =>
  paged(["sessions", filter], (place, signal) => answer(api.GET("/api/v1/sessions", { signal, params: { query: { ...filter, ...place } } })));

export const sessionsPath = (filter: Filter): string => pathOfList("/api/v1/sessions", filter);

export const sessionQuery = (userId: string, number: string) =>
  queryOptions({
    queryKey: ["session", userId, number],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/sessions/{user_id}/{number}", { signal, params: { path: { user_id: userId, number } } })),
  });

/** Events of the user from the beginning of the session to its end, the newest first. */
export const sessionEventsQuery = ({ user, number, started_at: from, ended_at: end }: Session) => {
  // The end is the time of the last event, and `to` is exclusive.
  const to = new Date(Date.parse(end) + 1).toISOString();
  return paged(["session-events", user.user_id, number, to], (place, signal) =>
    answer(api.GET("/api/v1/events", { signal, params: { query: { user_id: user.user_id, from, to, ...place, limit: EVENTS_AT_ONCE } } })));
};
