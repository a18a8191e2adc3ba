/** What the overview asks for. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Span } from "../events/event-chart";

export type Kpis = components["schemas"]["Kpis"];
export type Compared = components["schemas"]["Compared"];
export type Tops = components["schemas"]["Tops"];

const REFRESH_MS = 15_000;
const CASES_SHOWN = 5;

export const kpisQuery = (span: Span) =>
  queryOptions({
    queryKey: ["kpis", span],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/overview", { signal, params: { query: span } })),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });

export const userSeriesQuery = (span: Span) =>
  queryOptions({
    queryKey: ["user-series", span],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/series/users", { signal, params: { query: span } })),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });

/** The least trusted of those who wait. */
export const waitingQuery = queryOptions({
  queryKey: ["waiting-cases"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/review", { signal, params: { query: { sort: "trust_score", limit: CASES_SHOWN } } })),
  refetchInterval: REFRESH_MS,
});
