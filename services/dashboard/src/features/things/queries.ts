import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged, pathOfList } from "../../api/paging";
import type { Kind } from "../../lib/kinds";
import type { Range } from "../../lib/range";
import type { Search } from "../../lib/url";

export const DEFAULT_SORT = "-last_seen";
/** As many as a page of a list may hold: other values that begin alike come along. */
const LISTED_MAX = 200;
/** More than there are countries with users. */
const COUNTRIES_MAX = 200;

export interface Span {
  from: string;
  to: string;
}

export function thingFilter(search: Search, { from, to }: Range) {
  const users = Number(search["min_users"]);
  return {
    q: search["q"], tag: search["tag"], country: search["country"], parent: search["parent"], min_users: users > 0 ? users : undefined,
    from, to, sort: search["sort"] ?? DEFAULT_SORT,
  };
}
type Filter = ReturnType<typeof thingFilter>;

export const thingsQuery = (kind: Kind, filter: Filter) =>
  paged(["things", kind, filter], (place, signal) => answer(api.GET("/api/v1/entities/{kind}", { signal, params: { path: { kind }, query: { ...filter, ...place } } })));

export const thingsPath = (kind: Kind, filter: Filter): string => pathOfList(`/api/v1/entities/${kind}`, filter);

export const kindSeriesQuery = (kind: Kind, span: Span, zone: string) =>
  queryOptions({
    queryKey: ["things", kind, "series", span, zone],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/entities/{kind}/series", { signal, params: { path: { kind }, query: { ...span, zone } } })),
    placeholderData: keepPreviousData,
  });

/** Entries of the thing itself: what it belongs to may stand on a list as well. */
export const listedQuery = (kind: string, value: string) =>
  queryOptions({
    queryKey: ["listed", kind, value],
    queryFn: async ({ signal }) => {
      const page = await answer(api.GET("/api/v1/lists", { signal, params: { query: { kind, q: value, limit: LISTED_MAX } } }));
      return page.items.filter((entry) => entry.value === value);
    },
  });

export const countriesQuery = queryOptions({
  queryKey: ["things", "countries", "map"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/entities/{kind}", { signal, params: { path: { kind: "countries" }, query: { sort: "-users", limit: COUNTRIES_MAX } } })),
});

export const thingQuery = (kind: Kind, key: string) =>
  queryOptions({
    queryKey: ["thing", kind, key],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/entities/{kind}/{key}", { signal, params: { path: { kind, key } } })),
  });

export const thingSeriesQuery = (kind: Kind, key: string, span: Span, zone: string) =>
  queryOptions({
    queryKey: ["thing", kind, key, "series", span, zone],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/entities/{kind}/{key}/series", { signal, params: { path: { kind, key }, query: { ...span, zone } } })),
    placeholderData: keepPreviousData,
  });

export const thingUsersQuery = (kind: Kind, key: string) =>
  paged(["thing", kind, key, "users"], (query, signal) => answer(api.GET("/api/v1/entities/{kind}/{key}/users", { signal, params: { path: { kind, key }, query } })));

export const thingEventsQuery = (kind: Kind, key: string, { from, to }: Range) =>
  paged(["thing", kind, key, "events", from, to], (place, signal) =>
    answer(api.GET("/api/v1/entities/{kind}/{key}/events", { signal, params: { path: { kind, key }, query: { from, to, ...place } } })));

export const thingSessionsQuery = (kind: Kind, key: string) =>
  paged(["thing", kind, key, "sessions"], (query, signal) => answer(api.GET("/api/v1/entities/{kind}/{key}/sessions", { signal, params: { path: { kind, key }, query } })));

export const relatedQuery = (kind: Kind, key: string, related: Kind) =>
  paged(["thing", kind, key, related], (query, signal) => answer(api.GET("/api/v1/entities/{kind}/{key}/related/{related}", { signal, params: { path: { kind, key, related }, query } })));
