import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";
import { numberParam } from "../../lib/search";
import type { Search } from "../../lib/url";

export const TABS = ["open", "mine", "nobody", "decided"] as const;
export type TabName = (typeof TABS)[number];
export const DEFAULT_SORT = "opened_at";
const ASSIGNEES: Partial<Record<TabName, string>> = { mine: "me", nobody: "none" };

export function tabNamed(search: Search): TabName {
  return TABS.find((name) => name === search["tab"]) ?? "open";
}

export function reviewFilter(search: Search) {
  const tab = tabNamed(search);
  return {
    state: tab === "decided" ? "decided" : "open", assignee: ASSIGNEES[tab] ?? search["assignee"], rule: search["rule"],
    trust_from: numberParam(search["trust_from"]), trust_to: numberParam(search["trust_to"]), sort: search["sort"] ?? DEFAULT_SORT,
  };
}

export const reviewQuery = (filter: ReturnType<typeof reviewFilter>) =>
  paged(["review", filter], (place, signal) => answer(api.GET("/api/v1/review", { signal, params: { query: { ...filter, ...place } } })));

export const caseQuery = (caseId: number) =>
  queryOptions({
    queryKey: ["case", caseId],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/review/{case_id}", { signal, params: { path: { case_id: caseId } } })),
  });
