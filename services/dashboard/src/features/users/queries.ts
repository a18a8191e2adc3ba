import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged, pathOfList } from "../../api/paging";
import type { UserQuery } from "../../api/types";
import { zone } from "../../lib/clock";
import { numberParam } from "../../lib/search";
import type { Search } from "../../lib/url";
import { fromZoned } from "../../lib/zoned";

export const DEFAULT_SORT = "-last_seen";

/** A day as its first moment in the zone shown; whole moments stay as they are. */
function momentOf(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? (fromZoned(`${text}T00:00`, zone.get()) ?? text) : text;
}

/** What the URL of Users asks the API for. */
export function userFilter(search: Search): UserQuery {
  return {
    q: search["q"], band: search["band"], status: search["status"], rule: search["rule"], country: search["country"],
    min_score: numberParam(search["min_score"]), max_score: numberParam(search["max_score"]),
    seen_from: momentOf(search["seen_from"]), seen_to: momentOf(search["seen_to"]), since_from: momentOf(search["since_from"]), since_to: momentOf(search["since_to"]),
    sort: search["sort"] ?? DEFAULT_SORT,
  };
}

export const usersQuery = (filter: UserQuery) =>
  paged(["users", filter], (place, signal) => answer(api.GET("/api/v1/users", { signal, params: { query: { ...filter, ...place } } })));

export const usersPath = (filter: UserQuery): string => pathOfList("/api/v1/users", { ...filter });

export const newUsersQuery = (from: string, to: string, inZone: string) =>
  queryOptions({
    queryKey: ["series-users", from, to, inZone],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/series/users", { signal, params: { query: { from, to, zone: inZone } } })),
    placeholderData: (before) => before,
  });
