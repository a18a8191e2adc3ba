import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";

const HISTORY_MAX = 200;
const of = (userId: string) => ({ user_id: userId });

export const scoresQuery = (userId: string) =>
  queryOptions({
    queryKey: ["user", userId, "scores"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/users/{user_id}/scores", { signal, params: { path: of(userId), query: { limit: HISTORY_MAX } } })),
  });

export const standingQuery = (userId: string) =>
  queryOptions({
    queryKey: ["standing", userId],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/users/{user_id}/standing", { signal, params: { path: of(userId) } })),
  });

export const userExplainQuery = (userId: string) =>
  queryOptions({
    queryKey: ["user", userId, "explain"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/users/{user_id}/explain", { signal, params: { path: of(userId) } })),
  });

export const userSessionsQuery = (userId: string) =>
  paged(["user", userId, "sessions"], (query, signal) => answer(api.GET("/api/v1/users/{user_id}/sessions", { signal, params: { path: of(userId), query } })));

export const userEntitiesQuery = (userId: string, kind: string) =>
  paged(["user", userId, "entities", kind], (query, signal) =>
    answer(api.GET("/api/v1/users/{user_id}/entities/{kind}", { signal, params: { path: { user_id: userId, kind }, query } })));

export const userFieldsQuery = (userId: string) =>
  paged(["user", userId, "fields"], (query, signal) => answer(api.GET("/api/v1/users/{user_id}/fields", { signal, params: { path: of(userId), query } })));

export const userDecisionsQuery = (userId: string) =>
  paged(["user-decisions", userId], (query, signal) => answer(api.GET("/api/v1/users/{user_id}/decisions", { signal, params: { path: of(userId), query } })));

export const userNotesQuery = (userId: string) =>
  queryOptions({
    queryKey: ["user", userId, "notes"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/users/{user_id}/notes", { signal, params: { path: of(userId) } })),
  });
