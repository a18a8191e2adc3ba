/** Kinds of things that users touch: how the API, the URL and the reader call them. */
import { strings } from "../strings";

export const KINDS = [
  "addresses", "networks", "countries", "devices", "user-agents", "resources", "email-domains", "emails", "phones", "fields", "payments",
] as const;
export type Kind = (typeof KINDS)[number];

export function isKind(value: unknown): value is Kind {
  return KINDS.some((kind) => kind === value);
}

export const kindName = (kind: Kind): string => strings.kinds[kind].one;
export const kindsName = (kind: Kind): string => strings.kinds[kind].many;
