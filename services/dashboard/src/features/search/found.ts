/** What the palette offers: places whose name fits, and what the server found. */
import { queryOptions } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { answer, api } from "../../api/client";
import type { SearchAnswer } from "../../api/types";
import { ActivityIcon, NetworkIcon, RulesIcon, SessionIcon, UsersIcon } from "../../components/icons";
import { countryName } from "../../lib/format";
import { isKind, kindsName } from "../../lib/kinds";
import { search as text } from "../../strings/search";
import { PLACES } from "../shell/places";

export interface Found {
  key: string;
  group: string;
  label: string;
  hint?: string;
  shortcut?: string;
  mono?: boolean;
  icon: ComponentType;
  target: { to: string; params?: Record<string, string>; search?: Record<string, string> };
}

export const searchQuery = (words: string) =>
  queryOptions({
    queryKey: ["search", words],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/search", { signal, params: { query: { q: words } } })),
    enabled: words !== "",
    placeholderData: (before) => before,
  });

const PLACES_MAX_WITH_WORDS = 6;

export function placesFor(words: string, may: { audit: boolean; rules: boolean }): Found[] {
  const wanted = words.toLowerCase();
  const fits = PLACES.flatMap((group) => group.places)
    .filter(({ permission }) => (permission !== "audit" || may.audit) && (permission !== "rules" || may.rules))
    .filter(({ name }) => name.toLowerCase().split(" ").some((part) => part.startsWith(wanted)) || name.toLowerCase().startsWith(wanted));
  return (wanted === "" ? fits : fits.slice(0, PLACES_MAX_WITH_WORDS)).map((place) => ({
    key: `place ${place.to}`,
    group: text.places,
    label: place.name,
    shortcut: place.key && `g ${place.key}`,
    icon: place.icon,
    target: { to: place.to },
  }));
}

export function foundOf(answered: SearchAnswer): Found[] {
  return [
    ...answered.users.map((user): Found => ({
      key: `user ${user.user_id}`, group: text.users, label: user.email || user.user_id, hint: user.email ? user.user_id : undefined, icon: UsersIcon,
      target: { to: "/users/$userId", params: { userId: user.user_id } },
    })),
    ...answered.entities.filter(({ kind }) => isKind(kind)).map((entity): Found => ({
      key: `thing ${entity.kind} ${entity.id}`, group: isKind(entity.kind) ? kindsName(entity.kind) : entity.kind,
      label: entity.label ?? (entity.kind === "countries" ? countryName(entity.key) : entity.key), mono: entity.kind === "addresses",
      hint: entity.label ? entity.key : undefined, icon: NetworkIcon, target: { to: "/$kind/$key", params: { kind: entity.kind, key: entity.id } },
    })),
    ...answered.rules.map((rule): Found => ({
      key: `rule ${rule.rule_id}`, group: text.rules, label: rule.name, hint: rule.rule_id, icon: RulesIcon,
      target: { to: "/rules/$ruleId", params: { ruleId: rule.rule_id } },
    })),
    ...answered.events.map((event): Found => ({
      key: `event ${event.event_id}`, group: text.events, label: event.event_id, mono: true, icon: ActivityIcon,
      target: { to: "/activity", search: { event: event.event_id } },
    })),
    ...answered.sessions.map((session): Found => ({
      key: `session ${session.user.user_id} ${session.number}`, group: text.sessions, label: text.session(session.user.user_id, session.number), icon: SessionIcon,
      target: { to: "/sessions/$userId/$number", params: { userId: session.user.user_id, number: String(session.number) } },
    })),
  ];
}
