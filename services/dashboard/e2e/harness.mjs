// Starts what a browser test needs: a dashboard (given by the environment, or our own on invented data) and a browser.
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { createDashboard } from "../server.mjs";
import { createFakeQuery, PASSWORD } from "./fake-query.mjs";

const NAMES = ["INNERWALL_DASHBOARD_URL", "INNERWALL_OPERATOR_EMAIL", "INNERWALL_OPERATOR_PASSWORD"];
const EXECUTABLE = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
export const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

/** The dashboard under test. `fake` tells whether its data is ours to reason about. */
export async function startTarget() {
  const [url, email, password] = NAMES.map((name) => process.env[name]);
  if (url && email && password) return { url: url.replace(/\/$/, ""), email, password, fake: false, stop: () => undefined };
  if (url || email || password) throw new Error(`set all of ${NAMES.join(", ")}, or none`);
  const query = createFakeQuery();
  const dashboard = createDashboard({ dist: fileURLToPath(new URL("../dist", import.meta.url)), queryUrl: await listen(query) });
  const stop = () => [query, dashboard].forEach((server) => (server.close(), server.closeAllConnections()));
  return { url: await listen(dashboard), email: "many@example.test", password: PASSWORD, fake: true, query, stop };
}

export const launch = () => chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });

/** A fresh page that notes every policy violation, page error and request that leaves the origin. */
export async function openPage(browser, target, options = {}) {
  const context = await browser.newContext({ viewport: SIZES.desktop, colorScheme: "light", ...options });
  const faults = [];
  await context.exposeFunction("reportFault", (text) => faults.push(text));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => window.reportFault(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => faults.push(`error ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(target.url) && !request.url().startsWith("data:")) faults.push(`outside request ${request.url()}`);
  });
  return { page, context, faults };
}

/** Where the session of a live system is kept, so that the files of a run share it. */
const KEPT = new URL("../test-results/session.json", import.meta.url);

function keptSession(target) {
  if (target.fake || !existsSync(KEPT)) return null;
  const { url, email, cookies } = JSON.parse(readFileSync(KEPT, "utf8"));
  return url === target.url && email === target.email ? cookies : null;
}

function keepSession(target, cookies) {
  mkdirSync(new URL(".", KEPT), { recursive: true });
  writeFileSync(KEPT, JSON.stringify({ url: target.url, email: target.email, cookies }), { mode: 0o600 });
}

async function showsShell(page) {
  await page.locator("nav.nav").waitFor();
}

/**
 * Signs in through the form and shows the overview. On a live system only once: many logins in a row would look like
 * an attack, so later tests take over the first session, unless they want their own.
 */
export async function signIn(page, target, email = target.email, { own = false } = {}) {
  const cookies = own ? null : keptSession(target);
  if (cookies) {
    await page.context().addCookies(cookies);
    await page.goto(`${target.url}/`);
    await page.locator("nav.nav, input[name=email]").first().waitFor();
    if (await page.locator("nav.nav").isVisible()) return;
    await page.context().clearCookies();
  }
  await page.goto(`${target.url}/login`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(target.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
  await showsShell(page);
  if (!target.fake && !own) keepSession(target, await page.context().cookies());
}

/** A browser for the tests of a file: `live.target` and `live.browser`, and what `prepare` adds, once the tests run. */
export function liveBrowser(prepare = async () => undefined) {
  const live = {};
  before(async () => {
    live.target = await startTarget();
    live.browser = await launch();
    await prepare(live);
  });
  after(async () => {
    await live.browser?.close();
    live.target?.stop();
  });
  return live;
}

/** The same with one signed-in page: `live.page` and `live.faults`. */
export const liveView = () => liveBrowser(async (live) => {
  Object.assign(live, await openPage(live.browser, live.target));
  await signIn(live.page, live.target);
});
