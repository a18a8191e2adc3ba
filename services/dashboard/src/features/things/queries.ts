import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";
import type { Search } from "../../lib/url";

export const DEFAULT_SORT = "-last_seen";

export const thingsQuery = (kind: string, search: Search, from?: string, to?: string) => {
  const filter = { q: search["q"], tag: search["tag"], country: search["country"], parent: search["parent"], min_users: search["min_users"] ? Number(search["min_users"]) : undefined, from, to, sort: search["sort"] ?? DEFAULT_SORT };
  return paged(["things", kind, filter], (place, signal) => answer(api.GET("/api/v1/entities/{kind}", { signal, params: { path: { kind }, query: { ...filter, ...place } } })));
};

export const thingUsersQuery = (kind: string, key: string) =>
  paged(["thing", kind, key, "users"], (query, signal) => answer(api.GET("/api/v1/entities/{kind}/{key}/users", { signal, params: { path: { kind, key }, query } })));

export const relatedQuery = (kind: string, key: string, related: string) =>
  paged(["thing", kind, key, related], (query, signal) => answer(api.GET("/api/v1/entities/{kind}/{key}/related/{related}", { signal, params: { path: { kind, key, related }, query } })));
