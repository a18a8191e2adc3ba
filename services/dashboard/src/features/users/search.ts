/** What the URL of Users says. */
import type { UserFilter } from "../../api/queries";
import { BANDS } from "../../lib/band";
import { choiceParam, textParam } from "../../lib/search";

export const SORTS = ["-last_seen", "last_seen", "trust_score", "-trust_score"] as const;
export type Sort = (typeof SORTS)[number];
export const DEFAULT_SORT: Sort = "-last_seen";

export interface UsersSearch {
  band?: (typeof BANDS)[number];
  rule?: string;
  q?: string;
  sort?: Sort;
}

export function usersSearch(search: Record<string, unknown>): UsersSearch {
  return {
    band: choiceParam(search["band"], BANDS),
    rule: textParam(search["rule"]),
    q: textParam(search["q"]),
    sort: choiceParam(search["sort"], SORTS),
  };
}

export function userFilter(search: UsersSearch): UserFilter {
  return { band: search.band, rule: search.rule, q: search.q, sort: search.sort ?? DEFAULT_SORT };
}

export function isFiltered(search: UsersSearch): boolean {
  return Boolean(search.band ?? search.rule ?? search.q);
}
