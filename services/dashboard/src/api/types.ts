/** Names for what the API answers. Taken from the paths, so the names inside the OpenAPI file do not matter. */
import type { paths } from "./schema";

type Answer<Path extends keyof paths, Verb extends "get" | "post"> = paths[Path] extends {
  [V in Verb]: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

export type SessionView = Answer<"/api/v1/me/sessions", "get">["items"][number];
export type UserPage = Answer<"/api/v1/users", "get">;
export type UserSummary = UserPage["items"][number];
export type User = Answer<"/api/v1/users/{user_id}", "get">;
export type Hit = User["hits"][number];
export type UserDevice = User["devices"][number];
export type EventPage = Answer<"/api/v1/events", "get">;
export type Event = EventPage["items"][number];
export type EventDetail = Answer<"/api/v1/events/{event_id}", "get">;
export type Overview = Answer<"/api/v1/stats/overview", "get">;
export type Ledger = Answer<"/api/v1/ledger", "get">;
export type Rule = Answer<"/api/v1/rules", "get">["items"][number];
export type UserQuery = NonNullable<paths["/api/v1/users"]["get"]["parameters"]["query"]>;
export type EventQuery = NonNullable<paths["/api/v1/events"]["get"]["parameters"]["query"]>;
export type SearchAnswer = Answer<"/api/v1/search", "get">;
export type Entity = Answer<"/api/v1/entities/{kind}", "get">["items"][number];
export type Session = Answer<"/api/v1/sessions", "get">["items"][number];
export type Case = Answer<"/api/v1/review", "get">["items"][number];
export type Decision = Answer<"/api/v1/decisions", "get">["items"][number];
export type ListEntry = Answer<"/api/v1/lists", "get">["items"][number];
export type ScoreChange = Answer<"/api/v1/users/{user_id}/scores", "get">["items"][number];
export type FieldChange = Answer<"/api/v1/field-changes", "get">["items"][number];
export type UserEntity = Answer<"/api/v1/users/{user_id}/entities/{kind}", "get">["items"][number];
export type Explanation = Answer<"/api/v1/users/{user_id}/explain", "get">;
export type RuleAnswer = Explanation["rules"][number];
export type Graph = Answer<"/api/v1/graph", "get">;
export type CaseDetail = Answer<"/api/v1/review/{case_id}", "get">;
export type EntityUser = Answer<"/api/v1/entities/{kind}/{key}/users", "get">["items"][number];
export type RelatedEntity = Answer<"/api/v1/entities/{kind}/{key}/related/{related}", "get">["items"][number];
