// Every page of the dashboard: what the suite opens in both themes and at both sizes. `ready` is a text that shows it has loaded.
// A path may be a function of the page, for pages that are found by following a link.
/** The page of a user at low trust, with a part of it. */
const user = (search) => async (page, target) => {
  await page.goto(`${target.url}/users?band=low`);
  const first = page.locator("main .list__open").first();
  await first.waitFor();
  return `${await first.getAttribute("href")}${search}`;
};
const userId = async (page, target) => (await user("")(page, target)).replace("/users/", "");

/** The page behind the first row of a list. */
const first = (list, search = "") => async (page, target) => {
  await page.goto(`${target.url}${list}`);
  const open = page.locator("main .list__open").first();
  await open.waitFor();
  return `${await open.getAttribute("href")}${search}`;
};

export const PAGES = [
  { name: "users", path: "/users", ready: "Low trust" },
  { name: "user", path: user(""), ready: "How the score moved" },
  { name: "user, events", path: user("?tab=events") },
  { name: "user, sessions", path: user("?tab=sessions") },
  { name: "user, what it touches", path: user("?tab=touches") },
  { name: "user, links", path: user("?tab=links") },
  { name: "user, changes", path: user("?tab=fields") },
  { name: "user, decisions", path: user("?tab=decisions"), ready: "Add a note" },
  { name: "user, why not", path: user("?tab=why"), ready: "Verdict now" },
  { name: "graph", path: "/graph" },
  { name: "graph of a user", path: async (page, target) => `/graph?kind=users&key=${await userId(page, target)}` },
  { name: "overview", path: "/", ready: "Top tens of this range" },
  { name: "activity", path: "/activity", ready: "Live" },
  { name: "first event", path: "/start", ready: "An event has arrived" },
  { name: "guided incident", path: "/incident", ready: "Make a rule of it" },
  { name: "rules", path: "/rules", ready: "Burst of failed logins" },
  { name: "rule about users", path: "/rules/A01", ready: "Users it fires for now" },
  { name: "rule about events", path: "/rules/V01", ready: "Events it fired on" },
  { name: "rule editor, templates", path: "/rules/editor?template=choose", ready: "An empty pack" },
  { name: "rule editor", path: "/rules/editor?template=spraying", ready: "All 2 tests pass" },
  { name: "versions of the rules", path: "/rules/versions", ready: "in use" },
  { name: "policies", path: "/policies", ready: "When no policy matches" },
  { name: "logbook, requests", path: "/logbook", ready: "Every request of a producer" },
  { name: "logbook, ledger", path: "/logbook?tab=ledger", ready: "Is every event accounted for?" },
  { name: "settings, general", path: "/settings", ready: "Time zone" },
  { name: "settings, thresholds", path: "/settings/thresholds", ready: "Up for review at this much trust" },
  { name: "settings, retention", path: "/settings/retention", ready: "Always removed after some days" },
  { name: "settings, keys", path: "/settings/keys", ready: "in use" },
  { name: "settings, tokens", path: "/settings/tokens", ready: "What it may do" },
  { name: "settings, members", path: "/settings/members", ready: "Whoever has it chooses a password" },
  { name: "settings, sign-in", path: "/settings/sign-in", ready: "Ask everybody for a second factor" },
  { name: "settings, erasures", path: "/settings/erasures", ready: "Only a fingerprint" },
  { name: "sessions", path: "/sessions", ready: "Began" },
  { name: "session", path: first("/sessions?has_changes=true"), ready: "What happened" },
  { name: "field history", path: "/field-history", ready: "Became" },
  { name: "addresses", path: "/addresses", ready: "Addresses over time" },
  { name: "networks", path: "/networks", ready: "Networks over time" },
  { name: "countries", path: "/countries", ready: "Choose a country to open it." },
  { name: "devices", path: "/devices", ready: "Devices over time" },
  { name: "user agents", path: "/user-agents", ready: "Browser and system" },
  { name: "resources", path: "/resources", ready: "Resources over time" },
  { name: "e-mail domains", path: "/email-domains", ready: "E-mail domains over time" },
  { name: "e-mails", path: "/emails", ready: "E-mails over time" },
  { name: "phones", path: "/phones", ready: "Phones over time" },
  { name: "fields", path: "/fields", ready: "Fields over time" },
  { name: "payments", path: "/payments", ready: "Payments over time" },
  { name: "address", path: first("/addresses?sort=-users"), ready: "Events here" },
  { name: "address, events", path: first("/addresses?sort=-users", "?tab=events"), ready: "Events over time" },
  { name: "address, links", path: first("/addresses?sort=-users", "?tab=links"), ready: "The links as a list" },
  { name: "network, addresses", path: first("/networks?sort=-users", "?tab=addresses"), ready: "Known as" },
  { name: "network, devices", path: first("/networks?sort=-users", "?tab=devices"), ready: "Shared users" },
  { name: "country", path: first("/countries?sort=-users"), ready: "Events here" },
  { name: "device, sessions", path: first("/devices?sort=-users", "?tab=sessions"), ready: "Lasted" },
  { name: "user agent", path: first("/user-agents"), ready: "Events over time" },
  { name: "resource", path: first("/resources?sort=-users"), ready: "Events here" },
  { name: "e-mail domain", path: first("/email-domains?sort=-users"), ready: "Events here" },
  { name: "unknown address", path: "/addresses/192.0.2.254", ready: "is not known" },
  { name: "review queue", path: "/review", ready: "Waiting since" },
  { name: "a case", path: first("/review"), ready: "Why it is here" },
  { name: "blocked", path: "/lists", ready: "What is blocked" },
  { name: "watched", path: "/lists?list=watch" },
  { name: "decisions", path: "/decisions", ready: "Who or what decided" },
  { name: "audit log", path: "/audit", ready: "innerwall-ctl audit verify" },
  { name: "data sets", path: "/data-sets", ready: "IP Geolocation by DB-IP" },
  { name: "account", path: "/account", ready: "This session" },
  { name: "unknown page", path: "/nowhere", ready: "There is no such page" },
];
