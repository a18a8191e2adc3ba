// A person is invited, sets up a second factor, and signs in with a code and with a recovery code.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { it } from "node:test";
import { liveBrowser, openPage, signIn } from "../harness.mjs";

const STEP_S = 30;
const PASSWORD = "quiet river under seven bridges";

const live = liveBrowser();

function fromBase32(text) {
  const bits = [...text.replaceAll(/[\s=]/g, "")].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** RFC 6238 with SHA-1, six digits; `ahead` gives the code of a later step, because each is taken once. */
function codeOf(secret, ahead = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_S) + ahead));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = digest[19] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** An invitation as an owner makes it, over the API of the page that is open. */
async function invitationFor(page, email) {
  return page.evaluate(async (invited) => {
    const me = await (await fetch("/api/v1/me")).json();
    const headers = { "Content-Type": "application/json", "X-Innerwall-CSRF": me.csrf_token };
    const answer = await fetch("/api/v1/invitations", { method: "POST", headers, body: JSON.stringify({ email: invited, role: "analyst" }) });
    return answer.json();
  }, email);
}

async function signInWith(page, email, code) {
  await page.goto(`${live.target.url}/login`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.keyboard.press("Enter");
  await page.locator("nav.nav").waitFor();
}

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/login$/);
}

it("leads an invited person to a second factor, and lets them in by code and by recovery code", async () => {
  const owner = await openPage(live.browser, live.target);
  await signIn(owner.page, live.target);
  const email = `invited-${Date.now()}@example.test`;
  const invitation = await invitationFor(owner.page, email);
  const ticket = JSON.stringify(invitation).match(/iwo_[A-Za-z0-9_-]+/)?.[0];
  assert.ok(ticket, JSON.stringify(invitation));
  await owner.context.close();

  const { page, context, faults } = await openPage(live.browser, live.target);
  await page.goto(`${live.target.url}/welcome#${ticket}`);
  await page.getByText("You are invited to").waitFor();
  await page.getByLabel("New password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.locator("nav.nav").waitFor();

  await page.goto(`${live.target.url}/account`);
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByLabel("Your password, once more").fill(PASSWORD);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("img", { name: "The key as a QR code" }).waitFor();
  const secret = await page.locator(".login__key").textContent();
  await page.getByLabel("Code", { exact: true }).fill(codeOf(secret, -1));
  await page.keyboard.press("Enter");
  const codes = page.locator(".login__codes li");
  await codes.first().waitFor();
  const recovery = await codes.first().textContent();
  await page.getByRole("button", { name: "I have saved them" }).click();
  await page.getByText("On. You are asked for a code").waitFor();

  await signOut(page);
  await signInWith(page, email, codeOf(secret, 1));
  await signOut(page);
  await signInWith(page, email, recovery);
  await deactivate(email);
  await page.goto(`${live.target.url}/users`);
  await page.waitForURL(/\/login/);
  await context.close();
  assert.deepEqual(faults, []);
});

/** As the owner does when somebody leaves: whoever is signed in then is signed out. */
async function deactivate(email) {
  const { page, context, faults } = await openPage(live.browser, live.target);
  await signIn(page, live.target);
  await page.goto(`${live.target.url}/settings/members`);
  const row = page.locator("main .list__row", { hasText: email });
  await row.getByRole("button", { name: "Deactivate" }).click();
  await row.getByText("may not sign in").waitFor();
  await page.locator(".toast", { hasText: `${email} may no longer sign in` }).waitFor();
  await context.close();
  assert.deepEqual(faults, []);
}
