import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";
import type { Search } from "../../lib/url";

export const DEFAULT_SORT = "-last_seen";

export const thingsQuery = (kind: string, search: Search, from?: string, to?: string) => {
  const filter = { q: search["q"], tag: search["tag"], country: search["country"], parent: search["parent"], min_users: search["min_users"] ? Number(search["min_users"]) : undefined, from, to, sort: search["sort"] ?? DEFAULT_SORT };
  return paged(["things", kind, filter], (place, signal) => answer(api.GET("/api/v1/entities/{kind}", { signal, params: { path: { kind }, query: { ...filter, ...place } } })));
};
