// A small stand-in for the query service, for tests of the dashboard only. The e-mail used to sign in
// chooses the world: many@, one@ or empty@example.test; broken@ answers 503 to everything but the login;
// totp@ is asked for a code, enrol@ has to set one up. The code is always 123456.
import http from "node:http";
import { pathToFileURL } from "node:url";
import { makeWorld, makeEvent, summaryOf } from "./fake-world.mjs";

export const PASSWORD = "correct horse";
const WORLDS = { many: 260, one: 1, empty: 0, broken: 0 };
const STAGES = { totp: "totp", enrol: "enrol" };
const CODE = "123456";
const CSRF = "fake-csrf";
const TICKETS = { "iwo_setup": { kind: "setup", email: null, role: "owner" }, "iwo_join": { kind: "invitation", email: "join@example.test", role: "analyst" } };
const STREAM_MS = Number(process.env.FAKE_STREAM_MS ?? 400);
const PARAMETERS = {
  "/api/v1/users": "band status rule q sort limit cursor", "/api/v1/events": "from to event_type ip user_id rule country device min_risk http_code url limit cursor",
  "/api/v1/overview": "from to", "/api/v1/series/events": "from to", "/api/v1/series/users": "from to zone", "/api/v1/review": "state sort limit",
};
const tenant = { id: 1, name: "Demo tenant", time_zone: "Europe/Berlin" };

function json(response, status, body, type = "application/json") {
  response.writeHead(status, { "content-type": type });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function problem(response, status, code, detail, headers = {}) {
  response.writeHead(status, { "content-type": "application/problem+json", ...headers });
  response.end(JSON.stringify({ type: "about:blank", title: code, status, detail, code }));
}

async function bodyOf(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return JSON.parse(text || "{}");
}

function page(items, query) {
  const start = Number(query.get("cursor") ?? 0);
  const end = start + Math.min(200, Number(query.get("limit") ?? 50));
  return { items: items.slice(start, end), next_cursor: end < items.length ? String(end) : null };
}

async function login(worlds, request, response) {
  const { email, password } = await bodyOf(request);
  const name = String(email).split("@")[0];
  if (name === "limited") return problem(response, 429, "too_many_attempts", "too many attempts", { "retry-after": "30" });
  if (!(worlds.has(name) || name in STAGES) || password !== PASSWORD) return problem(response, 401, "login_failed", "wrong e-mail or password");
  return open(response, name, STAGES[name] ?? "open");
}

/** Hands out a session as the real service does; the value names world and stage. */
function open(response, world, stage, more = {}) {
  const rules = "Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=3600";
  response.setHeader("set-cookie", `__Host-innerwall=${world}.${stage}; ${rules}`);
  return json(response, 200, { stage, csrf_token: CSRF, ...more });
}

function sessionOf(request) {
  const [, world, stage] = /__Host-innerwall=(\w+)\.(\w+)/.exec(request.headers.cookie ?? "") ?? [];
  return { world, stage };
}

function me({ world, stage }) {
  const operator = { id: 1, email: `${world}@example.test`, role: "analyst", has_second_factor: world === "totp" };
  return { operator, tenant, permissions: ["read"], stage, csrf_token: CSRF };
}

/** Signing in beyond the password, tickets and the own account; undefined when it is something else. */
async function people(session, request, response, pathname) {
  const steps = pathname.replace("/api/v1", "");
  if (steps === "/tickets/look" || steps === "/tickets/redeem") {
    const { ticket } = await bodyOf(request);
    if (!TICKETS[ticket]) return problem(response, 404, "ticket_invalid", "the ticket is unknown, used or expired");
    return steps.endsWith("look") ? json(response, 200, { ...TICKETS[ticket], tenant: tenant.name }) : open(response, "many", "open");
  }
  if (!session.world) return problem(response, 401, "token_missing", "sign in, or send a token");
  if (request.method !== "GET" && request.headers["x-innerwall-csrf"] !== CSRF) return problem(response, 403, "csrf_missing", "no CSRF token");
  if (steps === "/me") return json(response, 200, me(session));
  if (steps === "/logout") {
    response.setHeader("set-cookie", "__Host-innerwall=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    return json(response, 204);
  }
  if (steps === "/me/totp") return json(response, 200, { secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", uri: "otpauth://totp/x" });
  if (steps === "/me/sessions") return json(response, 200, { items: [{ id: 1, current: true, created_at: new Date(), last_seen_at: new Date(), expires_at: new Date(), address: "127.0.0.1", user_agent: "Chromium" }] });
  if (steps === "/login/code" || steps === "/me/totp/confirm") {
    const { code } = await bodyOf(request);
    if (code !== CODE) return problem(response, 422, "code_wrong", "the code is wrong, or has been used");
    return open(response, "many", "open", { recovery_codes: ["ABCDEF-GHIJKL-MNOPQR-STUVWX"] });
  }
  return undefined;
}

function listUsers(world, query) {
  const sort = query.get("sort") ?? "-last_seen";
  const field = sort.replace("-", "");
  const q = (query.get("q") ?? "").toLowerCase();
  const found = [...world.users.values()]
    .filter((user) => !query.get("band") || user.band === query.get("band"))
    .filter((user) => !query.get("rule") || user.hits.some((hit) => hit.rule_id === query.get("rule")))
    .filter((user) => user.user_id.toLowerCase().startsWith(q) || (user.email ?? "").toLowerCase().startsWith(q))
    .toSorted((a, b) => ((a[field] ?? 100) < (b[field] ?? 100) ? -1 : 1) * (sort.startsWith("-") ? -1 : 1));
  return page(found.map(summaryOf), query);
}

function listEvents(events, query) {
  const wanted = (name, value) => !query.get(name) || query.get(name) === value;
  const from = Date.parse(query.get("from") ?? "1970-01-01");
  const to = Date.parse(query.get("to") ?? "2999-01-01");
  const found = events.filter((event) => {
    const time = Date.parse(event.event_time);
    return time >= from && time < to && wanted("event_type", event.event_type) && wanted("ip", event.ip) && wanted("user_id", event.user_id);
  });
  return page(found, query);
}

function readEvent(world, id, response) {
  const event = world.events.find(({ event_id }) => event_id === id);
  if (!event) return problem(response, 404, "not_found", `there is no event ${id}`);
  const nothing = { email: null, phone: null, first_name: null, last_name: null, full_name: null, user_created: null, trace_id: null };
  const detail = { ...nothing, client_session_id: "s-4711", amount: null, currency: null, custom: { plan: "team" }, rule_set_version: 7, hits_ended: [] };
  return json(response, 200, { ...event, ...detail });
}

const HOUR_MS = 3_600_000;

/** Numbers of the range beside nothing before, and top tens of the users. */
function overview(world, query) {
  const compared = (now) => ({ now, before: 0 });
  const active = (now) => ({ active: compared(now), fresh: compared(0) });
  const users = [...world.users.values()];
  const busiest = users.slice(0, 10).map(({ user_id, email, trust_score, band, event_count: count }) => ({ user_id, email, trust_score, band, count }));
  const standing = { total: 0, fresh: compared(0) };
  const kinds = Object.fromEntries(["addresses", "networks", "countries", "devices", "resources"].map((kind) => [kind, active(users.length)]));
  return {
    from: query.get("from"), to: query.get("to"), before_from: query.get("from"), as_of: new Date().toISOString(), ...kinds, users: active(users.length),
    events: compared(world.events.length), alerts: compared(0), sessions: compared(users.length), login_failures: compared(0), in_review: standing, blocked: standing,
    tops: { users_by_events: busiest, users_by_login_failures: [], users_by_addresses: [], countries_by_users: [], resources_by_users: [], shared_addresses: [] },
  };
}

function series(query, bucketOf) {
  const to = Date.parse(query.get("to"));
  const from = Math.floor(Date.parse(query.get("from")) / HOUR_MS) * HOUR_MS;
  const buckets = Array.from({ length: Math.ceil((to - from) / HOUR_MS) }, (_, index) => ({ time: new Date(from + index * HOUR_MS).toISOString(), ...bucketOf(from + index * HOUR_MS) }));
  return { from: query.get("from"), to: query.get("to"), bucket: "hour", zone: "UTC", complete: true, buckets };
}

function eventSeries(world, query) {
  return series(query, (start) => {
    const within = world.events.filter(({ event_time: time }) => Date.parse(time) >= start && Date.parse(time) < start + HOUR_MS);
    return Object.fromEntries(["normal", "editing", "alert"].map((severity) => [severity, within.filter((event) => event.severity === severity).length]));
  });
}

function ledger(world) {
  const accepted = world.events.length;
  const parked = Math.min(2, accepted);
  return { accepted, unconfirmed: 0, scored: accepted - parked, duplicate: 0, conflict: 0, parked, in_flight: 0, balanced: true, as_of: new Date().toISOString() };
}

function stream(world, request, response) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(": hello\n\n");
  let sent = 0;
  const users = [...world.users.values()];
  const timer = setInterval(() => {
    if (users.length < 2) return response.write(": heartbeat\n\n");
    const event = makeEvent(world, users[(sent * 7) % 40], Date.now());
    sent += 1;
    response.write(`event: scored\ndata: ${JSON.stringify(event)}\n\n`);
    if (sent % 50 === 0) response.write(`event: skipped\ndata: {"events": 1204}\n\n`);
  }, STREAM_MS);
  request.on("close", () => clearInterval(timer));
}

function route(world, request, response, url) {
  const { pathname, searchParams: query } = url;
  const user = world.users.get(decodeURIComponent(pathname.split("/")[4] ?? ""));
  // The real service refuses what it does not know, so that a misspelt filter never passes for "all".
  const unknown = [...query.keys()].find((name) => !(PARAMETERS[pathname] ?? "limit cursor").split(" ").includes(name));
  if (unknown) return problem(response, 400, "bad_parameter", `${unknown}: unknown parameter`);
  if (pathname === "/api/v1/users") return json(response, 200, listUsers(world, query));
  if (pathname === "/api/v1/events") return json(response, 200, listEvents(world.events, query));
  if (pathname === "/api/v1/events/stream") return stream(world, request, response);
  if (pathname.startsWith("/api/v1/events/")) return readEvent(world, decodeURIComponent(pathname.split("/")[4]), response);
  if (pathname === "/api/v1/overview") return json(response, 200, overview(world, query));
  if (pathname === "/api/v1/series/events") return json(response, 200, eventSeries(world, query));
  if (pathname === "/api/v1/series/users") return json(response, 200, series(query, () => ({ low: 0, medium: 0, high: 0 })));
  if (pathname === "/api/v1/review/counts") return json(response, 200, { open: 0, unassigned: 0, mine: 0, old: 0, blocked_users: 0, watched_users: 0 });
  if (pathname === "/api/v1/review") return json(response, 200, { items: [], next_cursor: null });
  if (pathname === "/api/v1/ledger") return json(response, 200, ledger(world));
  if (pathname === "/api/v1/rules") return json(response, 200, { version: 7, items: world.rules });
  if (user && pathname.endsWith("/events")) return json(response, 200, page(world.events.filter((event) => event.user_id === user.user_id), query));
  if (user && pathname.endsWith("/standing")) return json(response, 200, { status: "normal", is_watched: false, case_id: null, source: null, entry_id: null });
  if (user && pathname.endsWith("/scores")) return json(response, 200, { items: [], next_cursor: null, total: null, total_capped: false, complete: true });
  if (user && pathname.split("/").length === 5) return json(response, 200, { ...user, status: "normal", is_watched: false });
  return problem(response, 404, "not_found", "there is no such thing");
}

export function createFakeQuery() {
  const worlds = new Map(Object.entries(WORLDS).map(([name, users]) => [name, makeWorld(users)]));
  return http.createServer(async (request, response) => {
    const url = new URL(request.url, "http://fake.invalid");
    if (url.pathname === "/api/v1/login") return void login(worlds, request, response);
    const session = sessionOf(request);
    const isBroken = session.world === "broken";
    if (!isBroken && /^\/api\/v1\/(me|logout|login\/code|tickets)\b/.test(url.pathname)) {
      const answered = await people(session, request, response, url.pathname);
      if (answered !== undefined || response.writableEnded) return undefined;
    }
    const world = worlds.get(session.world);
    if (!world) return problem(response, 401, "token_missing", "sign in, or send a token");
    if (isBroken) return problem(response, 503, "database_away", "the database cannot be reached");
    return route(world, request, response, url);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const server = createFakeQuery().listen(Number(process.env.PORT ?? 8082), "127.0.0.1", () => console.log(server.address()));
}
