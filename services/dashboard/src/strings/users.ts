import { compactCount } from "../lib/format";

const plural = (amount: number, one: string, many: string) => `${compactCount(amount)} ${amount === 1 ? one : many}`;

export const users = {
  title: "Users",
  caption: "Users",
  searchPlaceholder: "E-mail, name or id begins with, or a filter such as trust:low",
  columns: {
    user: "User", trust: "Trust", status: "Standing", why: "Why", country: "Country", events: "Events", firstSeen: "First seen", lastSeen: "Last seen",
    id: "Id", name: "Name",
  },
  fields: {
    band: "Trust", status: "Standing", rule: "Rule", country: "Country", minScore: "Score from", maxScore: "Score to",
    seenFrom: "Seen since", seenTo: "Seen until", sinceFrom: "New since", sinceTo: "New until",
  },
  statuses: { in_review: "In review", blocked: "Blocked", allowed: "Allowed", watched: "Watched", normal: "Undecided" },
  ruleOption: (id: string, name: string) => `${id} · ${name}`,
  moreHits: (n: number) => `+${n}`,
  moreHitsTitle: (n: number) => `${plural(n, "more rule", "more rules")} fired for this user`,
  nothing: "Nothing stands out",
  newUsers: "New users",
  newUsersRange: "Span of the chart",
  empty: "No users yet",
  emptyTry: "A user appears with its first event.",
};
