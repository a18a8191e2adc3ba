import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";
import type { Search } from "../../lib/url";

export const LISTS = ["block", "allow", "watch"] as const;
export type ListName = (typeof LISTS)[number];

export function listNamed(search: Search): ListName {
  return LISTS.find((name) => name === search["list"]) ?? "block";
}

export function listFilter(search: Search) {
  return { list: listNamed(search), kind: search["kind"], source: search["source"], q: search["q"] };
}

export const listQuery = (filter: ReturnType<typeof listFilter>) =>
  paged(["lists", filter], (place, signal) => answer(api.GET("/api/v1/lists", { signal, params: { query: { ...filter, ...place } } })));
