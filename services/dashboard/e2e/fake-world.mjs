// Invented users and events, the same at every start. Awkward on purpose: long names, markup,
// right-to-left text, missing values, very large counts.
export const XSS = `<img src=x onerror="window.xssRan=1"><script>window.xssRan=1</script>`;

const RULES = [
  ["A01", "Burst of failed logins", 70, (n) => `${4 + n} failed logins in 8 events, last from a new device in Lagos`],
  ["A02", "Failed login from a new device", 20, () => "A login failed on a device this account had never used"],
  ["A05", "Password changed on a new device", 20, () => "The password was changed 3 minutes after a new device appeared"],
  ["B03", "E-mail changed", 10, () => "The e-mail of the account was changed 2 h ago"],
  ["B05", "Repeated client errors", 10, (n) => `${4 + n} requests answered with 4xx within the newest 25 events`],
  ["B06", "Suspicious URL", 20, () => "A URL looks like a probe for weak spots: /wp-admin/setup-config.php?step=1&language=en_US&theme=../../../../etc/passwd"],
  ["B07", "Digit in full name", 0, () => "The full name contains a digit"],
  ["D03", "Long-standing account", -20, () => "The account is older than two years and has never raised an alarm"],
];
const TYPES = [
  ["page_view", "normal", "/orders/48812"], ["page_view", "normal", "/account/settings/notifications"], ["page_search", "normal", "/search?q=invoice%202026"],
  ["account_login", "normal", "/login"], ["page_edit", "editing", "/projects/7/edit"], ["account_login_fail", "alert", "/login"],
  ["page_error", "alert", "/api/v2/export/customers/all/2026/november/full-history.csv?include=payments,addresses,devices&format=csv&token=9f8e7d6c5b4a39281706f5e4d3c2b1a0"],
  ["account_password_change", "alert", "/account/password"], ["field_edit", "editing", "/customers/991"],
];
const DEVICES = [["Chrome 142, Windows 11", "desktop"], ["Safari 26, iPhone", "phone"], ["Firefox 145, Linux", "desktop"], ["Safari 26, iPad", "tablet"], ["Googlebot 2.1", "bot"]];
const COUNTRIES = ["DE", "NG", "US", "GB", "BR", "IN", null, "FR", "CD"];
const NAMES = ["ada.lovelace", "grace.hopper", "linus", "margaret.hamilton", "katherine.johnson", "alan", "barbara.liskov", "edsger", "radia.perlman", "hedy"];

const bandOf = (score) => (score === null ? null : score < 33 ? "low" : score < 67 ? "medium" : "high");
const hex = (value, length) => (Math.imul(value + 1, 2_654_435_761) >>> 0).toString(16).padStart(8, "0").repeat(4).slice(0, length);

function emailOf(index) {
  if (index === 2) return "a.very.long.mailbox.name.that.never.seems.to.end+newsletter-2026@subdomain.of.a.department.at.example-corporation.test";
  if (index === 3) return XSS;
  if (index === 4) return null;
  if (index === 5) return "مستخدم@مثال.test";
  return `${NAMES[index % NAMES.length]}${index >= NAMES.length ? index : ""}@example.test`;
}

function makeUser(index, now) {
  const score = index === 4 ? null : [8, 29, 51, 12, 0, 66, 99, 84, 92, 97][index % 10];
  const wanted = score === null || score > 80 ? [] : RULES.filter((_, rule) => (rule + index) % (score < 33 ? 2 : 4) === 0);
  const user_id = index === 3 ? XSS : `u-${hex(index, 10)}`;
  const last_seen = new Date(now - index * 97_000 - 4_000).toISOString();
  const hits = wanted.map(([rule_id, name, weight, reason]) => ({
    rule_id, name, weight, reason: index === 3 ? XSS : reason(index % 4), explanation: name, is_shadow: false, rule_set_version: 7, event_id: `e-${hex(index, 8)}-0`, event_time: last_seen,
  })).toSorted((a, b) => b.weight - a.weight);
  return {
    user_id, email: emailOf(index), full_name: index === 3 ? XSS : index % 3 === 0 ? null : "Ada King, Countess of Lovelace", trust_score: score, band: bandOf(score),
    first_seen: new Date(now - 86_400_000 * (index + 3)).toISOString(), last_seen, event_count: index === 1 ? 12_345_678_901 : 12 + index * 31,
    country: COUNTRIES[index % COUNTRIES.length], hits, phone: index % 2 ? "+49 30 1234567" : null, created_at: index % 4 ? new Date(now - 86_400_000 * 400).toISOString() : null,
    first_name: null, last_name: null, rule_set_version: 7,
    counters: { events: index === 1 ? 12_345_678_901 : 12 + index * 31, sessions: 4 + index, devices: 2, addresses: index === 1 ? 1_000 : 7, addresses_capped: index === 1, countries: 3 },
    not_evaluated: [{ rule_id: "C04", name: "Data centre address", needs: "the hosting ranges data set" }, { rule_id: "E02", name: "Breached e-mail", needs: "the breach data set" }],
    devices: DEVICES.slice(0, 2).map(([label], device) => ({ device_id: `d-${hex(index * 5 + device, 8)}`, label: index === 3 ? XSS : label, kind: "desktop", first_seen: last_seen, last_seen, language: device ? null : "en-GB" })),
    last_address: index % 6 ? `102.89.${index % 250}.17` : "2a02:8109:9c40:1f00:8d2e:41ff:fe7a:90b3",
  };
}

export function summaryOf(user) {
  const { user_id, email, full_name, trust_score, band, first_seen, last_seen, event_count, country, hits } = user;
  const top = hits[0];
  return {
    user_id, email, full_name, trust_score, band, first_seen, last_seen, event_count, country, hit_count: hits.length,
    top_reason: top?.reason ?? null, rules: hits.map(({ rule_id, name, weight }) => ({ rule_id, name, weight })),
  };
}

/** Adds one event of a user to the world, newest first. */
export function makeEvent(world, user, time) {
  const n = world.made++;
  const [event_type, severity, url] = TYPES[(n * 5 + (n >> 3)) % TYPES.length];
  const [label, kind] = DEVICES[n % DEVICES.length];
  const hostile = user.user_id === XSS;
  const event = {
    event_id: `e-${hex(n, 8)}-${n}`, event_time: new Date(time).toISOString(), received_at: new Date(time + 180).toISOString(),
    user_id: user.user_id, user_email: user.email, event_type: hostile ? XSS : event_type, severity, url: hostile ? `javascript:window.xssRan=1//${XSS}` : url, page_title: n % 3 ? "Orders" : null,
    ip: n % 6 ? user.last_address : "2a02:8109:9c40:1f00:8d2e:41ff:fe7a:90b3", country: user.country, device: n % 11 === 7 ? null : { device_id: `d-${hex(n % 40, 8)}`, label: hostile ? XSS : label, kind },
    http_method: "GET", http_code: event_type === "page_error" ? 404 : 200, referer: n % 2 ? "https://www.example.test/a/long/way/back?campaign=autumn" : null, language: "en-GB", session_id: String(1 + (n >> 4)), client_event_id: null,
    user_agent: n % 11 === 7 ? null : "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    payload: event_type === "page_search" ? { query: hostile ? XSS : "invoice 2026", results: 14 } : null,
    field_history: event_type === "field_edit" ? [{ field_id: "iban", old_value: "DE02 1203 0000 0000 2020 51", new_value: "DE02 5001 0517 0137 0750 30" }] : null,
    trust_score: user.trust_score ?? 50, risk_score: 99 - (user.trust_score ?? 50), hits: n % 13 === 5 ? user.hits.slice(0, 2).map(({ rule_id, name, weight }) => ({ rule_id, name, weight })) : [],
    event_hits: n % 17 === 3 ? [{ rule_id: "V01", name: "Password spraying", weight: 70, is_shadow: false, reason: hostile ? XSS : "14 accounts failed from this address within an hour" }] : [],
    corrections: n % 9 === 2 ? ["event_time was missing; the time of arrival was used"] : [],
  };
  world.events.unshift(event);
  world.events.length = Math.min(world.events.length, 20_000);
  return event;
}

export function makeWorld(count, now = Date.now()) {
  const users = Array.from({ length: count }, (_, index) => makeUser(index, now));
  const world = {
    users: new Map(users.map((user) => [user.user_id, user])), events: [], made: 0,
    rules: RULES.map(([rule_id, name, weight]) => ({ rule_id, name, explanation: name, family: rule_id[0], weight, tags: [] })),
  };
  const total = count > 1 ? 900 : count;
  for (let n = total; n > 0; n--) makeEvent(world, users[(n * 7) % Math.min(users.length, 60)], now - n * 41_000);
  // Hits point at an event that exists.
  for (const user of users) {
    const own = world.events.find((event) => event.user_id === user.user_id);
    for (const hit of user.hits) Object.assign(hit, own ? { event_id: own.event_id, event_time: own.event_time } : {});
  }
  return world;
}
