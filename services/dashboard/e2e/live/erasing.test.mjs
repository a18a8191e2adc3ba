// A user that asks to be forgotten: erased from its page after its id is typed, gone from the lists, kept as a fingerprint.
import assert from "node:assert/strict";
import { it } from "node:test";
import { liveView } from "../harness.mjs";

const ingest = process.env.INNERWALL_INGEST_URL?.replace(/\/$/, "");
const key = process.env.INNERWALL_API_KEY;
/** Scoring, and then erasing, are done in the background within seconds. */
const DONE_MS = 30_000;

const view = liveView();

async function sendLogin(user) {
  const event = { event_type: "account_login", user_id: user, ip: "192.0.2.77", email: `${user}@example.test`, url: "/login" };
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const { status } = await fetch(`${ingest}/v1/events`, { method: "POST", headers, body: JSON.stringify(event) });
  assert.equal(status, 202);
}

/** Opens a page anew until it shows the text. */
async function openUntil(path, text) {
  const { page, target } = view;
  const found = page.getByText(text).first();
  const end = Date.now() + DONE_MS;
  do {
    await page.goto(`${target.url}${path}`);
    await page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector("main [aria-busy=true]"));
  } while (!(await found.isVisible()) && Date.now() < end);
  await found.waitFor();
}

it("erases a user everywhere once its id is typed", async () => {
  assert.ok(ingest && key, "set INNERWALL_INGEST_URL and INNERWALL_API_KEY to a gateway of the system under test");
  const { page, faults } = view;
  const user = `forget-${Date.now().toString(36)}`;
  await sendLogin(user);
  await openUntil(`/users/${user}`, "How the score moved");

  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Erase everywhere" }).click();
  const dialog = page.getByRole("dialog", { name: "Erase this user everywhere" });
  await dialog.getByLabel("User id").fill("somebody else");
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await dialog.getByText("This is not the id of the user.").waitFor();
  await dialog.getByLabel("User id").fill(user);
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await page.getByText("Erasing has begun").waitFor();

  await openUntil(`/users/${user}`, "This user is not known");
  await openUntil(`/users?q=${user}`, "Nothing matches these filters");
  await openUntil("/settings/erasures", "done");
  assert.deepEqual(faults, []);
});
