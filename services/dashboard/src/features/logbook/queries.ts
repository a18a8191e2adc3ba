import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";
import type { components } from "../../api/schema";
import type { Range } from "../../lib/range";
import type { Search } from "../../lib/url";
import { bucketOf } from "./buckets";

export type Line = components["schemas"]["LogbookLine"];
export const STATUS_CLASSES = ["2xx", "4xx", "5xx"] as const;
const REFRESH_MS = 15_000;

export function lineFilter(search: Search, { from, to }: Range) {
  return { from, to, status: search["status"], endpoint: search["endpoint"], q: search["q"] };
}

export const linesQuery = (filter: ReturnType<typeof lineFilter>) =>
  paged(["logbook", filter], (place, signal) => answer(api.GET("/api/v1/logbook", { signal, params: { query: { ...filter, ...place } } })));

export const lineQuery = (lineId: number) =>
  queryOptions({
    queryKey: ["logbook-line", lineId],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/logbook/{line_id}", { signal, params: { path: { line_id: lineId } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const lineSeriesQuery = (span: { from: string; to: string }) =>
  queryOptions({
    queryKey: ["logbook-series", span],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/logbook/series", { signal, params: { query: { ...span, bucket: bucketOf(span) } } })),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
