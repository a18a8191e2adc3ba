/** What the overview says. */
import { compactCount } from "../lib/format";

const many = (n: number, one: string, more: string) => `${compactCount(n)} ${n === 1 ? one : more}`;
/** "3", or "2.4" where a whole number would lie. */
const times = (ratio: number) => (ratio < 10 ? String(Math.round(ratio * 10) / 10) : compactCount(Math.round(ratio)));

export const overview = {
  title: "Overview",
  state: "The state of things",
  looking: "Looking at what happened…",
  unknown: "What happened could not be loaded.",
  before: { "1h": "the hour before", "24h": "the 24 hours before", "7d": "the 7 days before", "30d": "the 30 days before", custom: "the time before" },
  calm: "Nothing stands out: no case waits, and alerts and failed sign-ins are at their usual level.",

  findings: {
    unaccounted: (n: number) => `${many(n, "accepted event is", "accepted events are")} unaccounted for`,
    waiting: (n: number) => many(n, "user waits for review", "users wait for review"),
    more: { login_failures: "failed sign-ins", alerts: "other alerts" },
    timesMore: (what: string, ratio: number, span: string) => `${what} are ${times(ratio)} times those of ${span}`,
    noneBefore: (what: string, n: number, span: string) => `there were ${compactCount(n)} ${what}, and none in ${span}`,
    silent: (span: string) => `no event came in, unlike in ${span}`,
    fell: (percent: number, span: string) => `events are ${percent} % fewer than in ${span}`,
  },

  tiles: {
    label: "In numbers",
    waiting: "Waiting for review",
    alerts: "Alerts",
    login_failures: "Failed sign-ins",
    events: "Events",
    users: "Active users",
    fresh: "New users",
    sessions: "Sessions",
    addresses: "Addresses",
    networks: "Networks",
    countries: "Countries",
    devices: "Devices",
    resources: "Resources",
    waitingNote: (mine: number, fresh: number) => [mine > 0 ? `${compactCount(mine)} yours` : "", fresh > 0 ? `${compactCount(fresh)} new` : "none new"].filter(Boolean).join(", "),
    waitingNone: "nobody waits",
  },
  change: {
    none: "none, as before",
    noneBefore: "none before",
    same: "as many as before",
    up: (percent: number, before: number) => `up ${percent} % from ${compactCount(before)}`,
    down: (percent: number, before: number) => `down ${percent} % from ${compactCount(before)}`,
    times: (ratio: number, before: number) => `${times(ratio)} times the ${compactCount(before)} before`,
    title: (now: string, before: string, span: string) => `${now} now, ${before} in ${span}`,
  },

  ledger: {
    all: (n: number) => (n === 1 ? "The one accepted event is accounted for" : `All ${compactCount(n)} accepted events are accounted for`),
    onTheWay: (n: number) => `${many(n, "event is", "events are")} on the way`,
    off: (n: number) => `${many(n, "accepted event is", "accepted events are")} unaccounted for`,
    failed: "The ledger could not be loaded",
  },

  events: {
    title: "Events",
    brush: "Drag across the chart to choose a span of time.",
    incomplete: "Some events were not counted: the range holds too many.",
    none: "No events in this range",
    noneTry: "Choose a longer range.",
    total: "Events",
  },
  users: { title: "New users", none: "No new users in this range", noneTry: "A user counts as new when first seen." },

  cases: {
    title: "Waiting for review",
    all: "Review queue",
    none: "Nobody waits for review",
    noneTry: "A user comes here when the trust score falls to the threshold of review, or a policy says so.",
    guide: "New here? Follow a real case step by step",
  },
  rules: {
    title: "Rules that fire most",
    all: "All rules",
    none: "No rule fires for any user",
    noneTry: "Rules that weigh appear here once they fire.",
    unit: "users",
    usersOf: (n: number, rule: string) => `${many(n, "user", "users")} for whom ${rule} fires`,
  },

  tops: {
    title: "Top tens of this range",
    users_by_events: { title: "Busiest users", count: "events" },
    users_by_login_failures: { title: "Most failed sign-ins", count: "failed" },
    shared_addresses: { title: "Shared addresses", count: "users" },
    users_by_addresses: { title: "Users with many addresses", count: "addresses" },
    countries_by_users: { title: "Countries", count: "users" },
    resources_by_users: { title: "Resources", count: "users" },
    all: (what: string) => `All of: ${what}`,
    show: "All",
    none: "None in this range",
    eventsOf: "Events of this user:",
  },

  first: {
    title: "No event has arrived yet",
    hint: "This page fills with the first events of your product. It takes a key and one request.",
    action: "Send the first event",
  },
};
