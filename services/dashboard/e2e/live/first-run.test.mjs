// The first run of a tenant: its owner signs up with the link, makes a key, pastes the snippet into a shell, and sees the event arrive.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { it } from "node:test";
import { promisify } from "node:util";
import { liveBrowser, openPage } from "../harness.mjs";

const run = promisify(execFile);
const CTL = `${process.env.INNERWALL_BIN_DIR ?? new URL("../../../../target/debug", import.meta.url).pathname}/innerwall-ctl`;
const PASSWORD = "seven quiet bridges under a river";
/** Scoring, and the page that asks every two seconds. */
const ARRIVAL_MS = 20_000;

const live = liveBrowser();

/** The link that an operator of the machine gives to the first owner. */
async function setupLink(tenant) {
  const { stdout } = await run(CTL, ["setup-token", "--tenant", tenant, "--dashboard-url", live.target.url]);
  const link = stdout.match(/http\S+#\S+?(?=["\s])/)?.[0];
  assert.ok(link, stdout);
  return link;
}

it("leads from an empty system to the first event", async () => {
  const tenant = `first-${Date.now().toString(36)}`;
  const link = await setupLink(tenant);
  const { page, context, faults } = await openPage(live.browser, live.target);
  await page.goto(link);
  await page.getByLabel("E-mail").fill(`${tenant}@example.test`);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.locator("nav.nav").waitFor();

  await page.locator("main").getByRole("link", { name: /first event/ }).click();
  await page.getByRole("heading", { level: 1, name: "Send the first event" }).waitFor();
  await page.getByText("Waiting for the first event…").waitFor();
  await page.getByRole("button", { name: "Make an API key" }).click();
  await page.getByText("This key is shown once.").waitFor();
  await page.getByLabel("Address of the ingest service").fill(process.env.INNERWALL_INGEST_URL);
  const snippet = await page.locator(".start__snippet pre").innerText();
  await run("bash", ["-c", snippet.replace("curl ", "curl --fail --silent --show-error --retry 5 --retry-all-errors ")]);

  await page.getByText("An event has arrived.").waitFor({ timeout: ARRIVAL_MS });
  await page.getByRole("link", { name: "Look at it" }).click();
  await page.getByRole("dialog", { name: "Event" }).getByText("alice").first().waitFor();
  await context.close();
  assert.deepEqual(faults, [], "no policy violation, no page error, no request to anyone else");
});
