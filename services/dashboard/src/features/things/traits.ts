/** What sets one kind of things apart from another. */
import type { Entity } from "../../api/types";
import { countryName } from "../../lib/format";
import { type Kind, KINDS } from "../../lib/kinds";
import { things as text } from "../../strings/things";

/** User agents are shared by too many to be linked with users. */
export const hasUsers = (kind: Kind): boolean => kind !== "user-agents";

export const hasCountry = (kind: Kind): boolean => kind === "addresses" || kind === "phones";

export const parentOf = (kind: Kind): Kind | undefined => text.parentOf[kind];

/** Kinds that things of this kind can share users with. */
export const relatedKinds = (kind: Kind): readonly Kind[] => (hasUsers(kind) ? KINDS.filter((other) => other !== kind && hasUsers(other)) : []);

/** Most things are called by their key; the rest have words. The words for a user agent are those of many. */
export function nameOf(kind: Kind, { key, label }: Pick<Entity, "key" | "label">): string {
  if (kind === "countries") return countryName(key);
  return kind === "user-agents" ? key : (label ?? key);
}
