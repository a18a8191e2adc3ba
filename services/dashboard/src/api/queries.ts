/** What the views ask for: cache keys, paging and how long an answer counts as fresh. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import { paged } from "./paging";

const OVERVIEW_REFRESH_MS = 15_000;
const LEDGER_REFRESH_MS = 10_000;
/** The rule catalogue changes only with a release. */
const RULES_FRESH_MS = 10 * 60_000;

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/me", { signal })),
  staleTime: RULES_FRESH_MS,
});

export const rulesQuery = queryOptions({
  queryKey: ["rules"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/rules", { signal })),
  staleTime: RULES_FRESH_MS,
});

export const ledgerQuery = queryOptions({
  queryKey: ["ledger"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/ledger", { signal })),
  refetchInterval: LEDGER_REFRESH_MS,
});

export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: ["user", userId],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/users/{user_id}", { signal, params: { path: { user_id: userId } } })),
    refetchInterval: OVERVIEW_REFRESH_MS,
  });

export const userEventsQuery = (userId: string) =>
  paged(["user-events", userId], (query, signal) =>
    answer(api.GET("/api/v1/users/{user_id}/events", { signal, params: { path: { user_id: userId }, query } })));

/** Everything stored of one event. It never changes once it is scored. */
export const eventQuery = (eventId: string) =>
  queryOptions({
    queryKey: ["event", eventId],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/events/{event_id}", { signal, params: { path: { event_id: eventId } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
