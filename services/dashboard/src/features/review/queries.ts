import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";
import type { Search } from "../../lib/url";

export const VIEWS = ["open", "mine", "unassigned", "decided"] as const;
export type View = (typeof VIEWS)[number];

export const viewOf = (search: Search): View => VIEWS.find((view) => view === search["view"]) ?? "open";

const ASSIGNEES: Partial<Record<View, string>> = { mine: "me", unassigned: "none" };

export function reviewFilter(search: Search) {
  const view = viewOf(search);
  const trust = Number(search["trust_to"]);
  return {
    state: view === "decided" ? "decided" : "open", assignee: ASSIGNEES[view], rule: search["rule"],
    ...(search["trust_to"] !== undefined && Number.isInteger(trust) ? { trust_to: trust } : {}),
  };
}

export const reviewQuery = (filter: ReturnType<typeof reviewFilter>) =>
  paged(["review", filter], (place, signal) => answer(api.GET("/api/v1/review", { signal, params: { query: { ...filter, ...place } } })));

export const caseQuery = (caseId: number) =>
  queryOptions({ queryKey: ["case", caseId], queryFn: ({ signal }) => answer(api.GET("/api/v1/review/{case_id}", { signal, params: { path: { case_id: caseId } } })) });
