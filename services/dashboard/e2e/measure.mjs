// Measures how soon the page paints after an interaction, with 10,000 rows in a list. Not a test: prints numbers.
// Needs a running system (INNERWALL_DASHBOARD_URL, INNERWALL_OPERATOR_EMAIL, INNERWALL_OPERATOR_PASSWORD); the rows are invented.
import { launch, openPage, signIn, startTarget } from "./harness.mjs";

const ROWS = 10_000;
const TARGET_MS = 100;
const ROUNDS = 10;

const rows = Array.from({ length: ROWS }, (_, index) => ({
  id: `~${index.toString(16).padStart(16, "0")}`, kind: "addresses", key: `198.51.${Math.floor(index / 250)}.${index % 250}`, label: null,
  tags: index % 7 === 0 ? ["vpn", "hosting"] : [], events: index * 13, edits: index % 5, alerts: index % 11, users: (index % 40) + 1, users_capped: false,
  first_seen: "2026-01-01T00:00:00Z", last_seen: new Date(Date.now() - index * 60_000).toISOString(), country: "NG", parent: null,
}));

/** What a reader does in a list, each many times. */
const INTERACTIONS = {
  "next row (j)": (page) => page.keyboard.press("j"),
  "select a row (x)": (page) => page.keyboard.press("x"),
  "sort by a column": (page) => page.getByRole("button", { name: "Users", exact: true }).click(),
  "rows: compact / normal": async (page, round) => {
    await page.getByRole("button", { name: "View", exact: true }).click();
    await page.getByRole("menuitemcheckbox", { name: round % 2 === 0 ? "Compact" : "Normal" }).click();
    await page.keyboard.press("Escape");
  },
  "open and close the search": async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
  },
};

/** The longest wait from input to paint that the browser itself saw. */
async function worst(page, act) {
  await page.evaluate(() => {
    window.seen = [];
    window.watcher?.disconnect();
    window.watcher = new PerformanceObserver((list) => window.seen.push(...list.getEntries().map(({ duration }) => duration)));
    window.watcher.observe({ type: "event", durationThreshold: 16, buffered: false });
  });
  for (let round = 0; round < ROUNDS; round++) {
    await act(page, round);
    await page.waitForTimeout(120);
  }
  const seen = await page.evaluate(() => window.seen);
  return { worst: Math.max(16, ...seen), count: seen.length };
}

const target = await startTarget();
const browser = await launch();
const { page } = await openPage(browser, target);
await page.route(/\/api\/v1\/entities\/addresses(\?|$)/, (route) =>
  route.fulfill({ json: { items: rows, next_cursor: null, total: ROWS, total_capped: false, complete: true } }));
await signIn(page, target);
await page.goto(`${target.url}/addresses`);
await page.getByRole("table").getByRole("row").nth(5).waitFor();
for (const [name, act] of Object.entries(INTERACTIONS)) {
  const { worst: milliseconds } = await worst(page, act);
  console.log(`${name.padEnd(28)} ${String(Math.round(milliseconds)).padStart(5)} ms at worst of ${ROUNDS} (target ${TARGET_MS})`);
}
await browser.close();
target.stop();
