/** What the pages about rules ask for, and what they may change. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import type { RuleSetContent, RuleSetPatch } from "./types";

type Cursor = { cursor?: string };
const RULES_FRESH_MS = 15_000;
const RESCORE_BUSY_MS = 1_500;
const RESCORE_IDLE_MS = 15_000;
const FOREVER = Number.POSITIVE_INFINITY;

function nextPage(page: { next_cursor?: string | null }): Cursor | undefined {
  return page.next_cursor ? { cursor: page.next_cursor } : undefined;
}

/** All rules in one answer, as a list of one page. */
export const ruleListQuery = infiniteQueryOptions({
  queryKey: ["rules", "list"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/rules", { signal })),
  initialPageParam: {},
  getNextPageParam: () => undefined,
  staleTime: RULES_FRESH_MS,
});

export const ruleQuery = (ruleId: string) =>
  queryOptions({
    queryKey: ["rules", "one", ruleId],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/rules/{rule_id}", { signal, params: { path: { rule_id: ruleId } } })),
    staleTime: RULES_FRESH_MS,
  });

export const ruleSetQuery = queryOptions({
  queryKey: ["rule-set", "current"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/rule-set", { signal })),
});

export const presetsQuery = queryOptions({
  queryKey: ["presets"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/presets", { signal })),
  staleTime: FOREVER,
});

/** Every word of the rule language. A system that does not know the question yet leaves the editor without completion. */
export const ruleWordsQuery = queryOptions({
  queryKey: ["rule-words"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/rules/schema", { signal })),
  staleTime: FOREVER,
});

export const dataSetsQuery = queryOptions({
  queryKey: ["data-sets"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/data-sets", { signal })),
  staleTime: 60_000,
});

export const versionsQuery = infiniteQueryOptions({
  queryKey: ["rule-set", "versions"],
  queryFn: ({ signal, pageParam }) => answer(api.GET("/api/v1/rule-set/versions", { signal, params: { query: { limit: 50, ...pageParam } } })),
  initialPageParam: {} as Cursor,
  getNextPageParam: nextPage,
  placeholderData: keepPreviousData,
});

/** Versions never change, and so neither does what is between two. */
export const diffQuery = (from: number, to: number) =>
  queryOptions({
    queryKey: ["rule-set-diff", from, to],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/rule-set/versions/{from}/diff/{to}", { signal, params: { path: { from, to } } })),
    staleTime: FOREVER,
  });

export const rescoreQuery = queryOptions({
  queryKey: ["rescore"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/rescore", { signal })),
  refetchInterval: ({ state }) => (["waiting", "running"].includes(state.data?.state ?? "") ? RESCORE_BUSY_MS : RESCORE_IDLE_MS),
});

export const ruleUsersQuery = (ruleId: string) =>
  infiniteQueryOptions({
    queryKey: ["rule-users", ruleId],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/users", { signal, params: { query: { rule: ruleId, limit: 10, sort: "trust_score" } } })),
    initialPageParam: {},
    getNextPageParam: () => undefined,
  });

export const ruleEventsQuery = (ruleId: string) =>
  infiniteQueryOptions({
    queryKey: ["rule-events", ruleId],
    queryFn: ({ signal, pageParam }) => answer(api.GET("/api/v1/events", { signal, params: { query: { rule: ruleId, limit: 20, ...pageParam } } })),
    initialPageParam: {} as Cursor,
    getNextPageParam: nextPage,
  });

/** Some of the content changed, or the content of an earlier version put in use again. */
export type Change = { base: number; patch: RuleSetPatch } | { base: number; version: number };

function send(change: Change, reason: string, dryRun: boolean, signal?: AbortSignal) {
  const shared = { base_version: change.base, reason, dry_run: dryRun };
  return "patch" in change
    ? answer(api.PATCH("/api/v1/rule-set", { signal, body: { ...shared, patch: change.patch } }))
    : answer(api.POST("/api/v1/rule-set/rollback", { signal, body: { ...shared, version: change.version } }));
}

/** What a change would do. The server tries it on the users seen last and changes nothing. */
export const previewQuery = (change: Change) =>
  queryOptions({
    queryKey: ["rule-set-preview", change],
    queryFn: ({ signal }) => send(change, "preview", true, signal),
    staleTime: 60_000,
    retry: false,
  });

/** Users per band, for review and blocked, before and after. Of a version its content is tried. */
export const effectQuery = (change: Change) =>
  queryOptions({
    queryKey: ["rule-set-effect", change],
    queryFn: async ({ signal }) => {
      const tried = "patch" in change ? { patch: change.patch } : { content: await contentOf(change.version, signal) };
      return answer(api.POST("/api/v1/rule-set:preview", { signal, body: { base_version: change.base, ...tried } }));
    },
    staleTime: 60_000,
    retry: false,
  });

async function contentOf(version: number, signal: AbortSignal): Promise<RuleSetContent> {
  const { content } = await answer(api.GET("/api/v1/rule-set/versions/{version}", { signal, params: { path: { version } } }));
  return content;
}

export const publish = (change: Change, reason: string) => send(change, reason, false);

export const checkPack = (text: string, signal: AbortSignal) => answer(api.POST("/api/v1/rules:check", { signal, body: { text } }));

/** Everything that follows from the rules is asked for anew. */
export async function rulesChanged(client: QueryClient): Promise<void> {
  const keys = [["rules"], ["rule-set"], ["rescore"], ["rule-users"]];
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}
