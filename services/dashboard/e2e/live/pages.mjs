// Every page of the dashboard: what the suite opens in both themes and at both sizes. `ready` is a text that shows it has loaded.
// A path may be a function of the page, for pages that are found by following a link.
export const PAGES = [
  { name: "rules", path: "/rules", ready: "Burst of failed logins" },
  { name: "rule about users", path: "/rules/A01", ready: "Users it fires for now" },
  { name: "rule about events", path: "/rules/V01", ready: "Events it fired on" },
  { name: "rule editor, templates", path: "/rules/editor?template=choose", ready: "An empty pack" },
  { name: "rule editor", path: "/rules/editor?template=spraying", ready: "All 2 tests pass" },
  { name: "versions of the rules", path: "/rules/versions", ready: "in use" },
  { name: "policies", path: "/policies", ready: "When no policy matches" },
];
