/** What the settings ask for, and how they change it. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";
import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type Key = Schemas["KeyView"];
export type Token = Schemas["TokenView"];
export type Member = Schemas["MemberView"];
export type Invitation = Schemas["InvitationView"];
export type Erasure = Schemas["Erasure"];
export type Retention = Schemas["Retention"];
export type RetentionKind = Schemas["RetentionKind"];
export type RetentionPreview = Schemas["RetentionPreview"];

const ERASURE_BUSY_MS = 3_000;

export const ROLES = ["viewer", "analyst", "admin", "owner"] as const;

/** A list that comes whole, shown as a list of one page. */
function whole<Row>(key: string, fetchAll: (signal: AbortSignal) => Promise<{ items: Row[] }>) {
  return infiniteQueryOptions({
    queryKey: ["settings", key],
    queryFn: ({ signal }) => fetchAll(signal),
    initialPageParam: {},
    getNextPageParam: () => undefined,
  });
}

export const keysQuery = whole("keys", (signal) => answer(api.GET("/api/v1/keys", { signal })));
export const tokensQuery = whole("tokens", (signal) => answer(api.GET("/api/v1/tokens", { signal })));
export const membersQuery = whole("members", (signal) => answer(api.GET("/api/v1/members", { signal })));
export const invitationsQuery = whole("invitations", (signal) => answer(api.GET("/api/v1/invitations", { signal })));

export const settingsQuery = queryOptions({
  queryKey: ["settings", "general"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/settings", { signal })),
});

export const retentionQuery = queryOptions({
  queryKey: ["settings", "retention"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/retention", { signal })),
});

export const policyQuery = queryOptions({
  queryKey: ["settings", "sign-in"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/sign-in-policy", { signal })),
});

/** While one is under way its numbers move. */
export const erasuresQuery = {
  ...paged(["settings", "erasures"], (place, signal) => answer(api.GET("/api/v1/erasures", { signal, params: { query: place } }))),
  refetchInterval: ({ state }: { state: { data?: { pages: readonly { items: readonly Erasure[] }[] } } }) =>
    state.data?.pages.some(({ items }) => items.some((one) => one.state !== "done")) ? ERASURE_BUSY_MS : false,
};
