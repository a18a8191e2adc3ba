// A key from the browser: made, used by a producer, found in the logbook, revoked.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { launch, openPage, signIn, startTarget } from "../harness.mjs";

const ingest = process.env.INNERWALL_INGEST_URL?.replace(/\/$/, "");
/** Gateways write lines and notice revoked keys within ten seconds; twice that for a busy machine. */
const NOTICE_MS = 20_000;
const PAUSE_MS = 500;

let target;
let browser;
let view;

before(async () => {
  assert.ok(ingest, "set INNERWALL_INGEST_URL to a gateway of the system under test");
  target = await startTarget();
  browser = await launch();
  view = await openPage(browser, target);
  await signIn(view.page, target);
});
after(async () => {
  await browser?.close();
  target?.stop();
});

async function send(key, event) {
  const response = await fetch(`${ingest}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(event),
  });
  return response.status;
}

/** A gateway learns of keys in the background: asks again until it answers as it should. */
async function sendUntil(status, key, event) {
  const end = Date.now() + NOTICE_MS;
  let last = await send(key, event);
  while (last !== status && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    last = await send(key, event);
  }
  assert.equal(last, status);
}

/** Opens the logbook anew until a row shows the text. */
async function findLine(page, label, text) {
  const row = page.locator("main .list__row", { hasText: text }).first();
  const end = Date.now() + NOTICE_MS;
  do {
    await page.goto(`${target.url}/logbook?q=${label}`);
    await page.getByText(text).or(page.getByText("Nothing matches these filters")).first().waitFor();
  } while (!(await row.isVisible()) && Date.now() < end);
  await row.waitFor();
  return row;
}

it("makes a key that a producer can send with, shows its requests, and revokes it", async () => {
  const { page, faults } = view;
  const label = `story_${Date.now().toString(36)}`;
  await page.goto(`${target.url}/settings/keys`);
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("alert").getByText("Say what it is for").waitFor();
  await page.getByLabel("What the key is for").fill(label);
  await page.getByRole("button", { name: "Make a key" }).click();
  const shown = page.getByRole("status", { name: `The key for ${label}` });
  const key = (await shown.locator("code").innerText()).trim();
  await shown.getByRole("button", { name: "I have kept it" }).click();
  await shown.waitFor({ state: "detached" });

  await sendUntil(422, key, { event_id: label });
  const row = await findLine(page, label, "422");
  await row.locator(".list__open").click();
  const drawer = page.getByRole("dialog", { name: "Request" });
  await drawer.getByText(label).first().waitFor();
  await drawer.getByText("How the body began").waitFor();
  await drawer.getByText("0 accepted, 1 refused").waitFor();

  await page.goto(`${target.url}/settings/keys`);
  await page.getByRole("button", { name: `Revoke the key for ${label}` }).click();
  const dialog = page.getByRole("dialog", { name: `Revoke the key for ${label}` });
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
  await dialog.getByText("not the word asked for").waitFor();
  await dialog.getByLabel(`Type ${label} to confirm`).fill(label);
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
  await page.locator("main .list__row", { hasText: label }).getByText("revoked").waitFor();
  await sendUntil(401, key, { event_id: label });
  assert.deepEqual(faults, []);
});
