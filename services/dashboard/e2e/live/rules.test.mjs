// Rules as an analyst meets them: found, weighed, written with a mistake, mended, published, and rolled back.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { liveBrowser, openPage, signIn } from "../harness.mjs";

/** Long enough for a change of the rules to be tried on a thousand users while the machine is busy. */
const TRY_MS = 60_000;

const live = liveBrowser();
let view;

beforeEach(async () => {
  view = await openPage(live.browser, live.target);
  await signIn(view.page, live.target);
});
afterEach(async () => {
  const { faults, context } = view;
  await context.close();
  assert.deepEqual(faults, [], "no policy violation, no page error, no request to anyone else");
});

const heading = (name) => view.page.getByRole("heading", { level: 1, name });
const open = (path) => view.page.goto(`${live.target.url}${path}`);
const sheet = (name) => view.page.getByRole("dialog", { name });
const code = () => view.page.locator(".cm-content");

/** Publishes what is in the open sheet, and tells the number of the new version. */
async function publish(dialog, reason, button) {
  await dialog.getByText("What it would do").waitFor({ timeout: TRY_MS });
  const submit = dialog.getByRole("button", { name: button, exact: true });
  assert.ok(await submit.isDisabled(), "nothing is published without a reason");
  await dialog.getByLabel("Reason").fill(reason);
  await submit.click();
  const notice = view.page.getByText(/^Version \d+ is in use/).last();
  await notice.waitFor({ timeout: TRY_MS });
  return Number(/\d+/.exec(await notice.innerText())[0]);
}

describe("the list of rules", () => {
  it("filters in the URL and opens a rule", async () => {
    const { page } = view;
    await open("/rules");
    await page.getByRole("link", { name: "Burst of failed logins" }).waitFor();
    await page.locator(".filterbar__input").fill("spraying");
    await page.waitForURL(/q=spraying/);
    await page.getByRole("link", { name: "Password spraying from one address" }).click();
    await page.waitForURL(/\/rules\/V01/);
    await heading(/Password spraying from one address/).waitFor();
    await page.getByText("Single events", { exact: true }).waitFor();
  });

  it("collects changes, tries them, and lets them go", async () => {
    const { page } = view;
    await open("/rules?q=A02");
    const weight = page.getByLabel("Weight of A02");
    const published = await weight.inputValue();
    const changed = published === "70" ? "10" : "70";
    await weight.selectOption(changed);
    await page.getByText("1 change", { exact: true }).waitFor();
    await page.reload();
    await page.getByText("1 change", { exact: true }).waitFor();
    assert.equal(await weight.inputValue(), changed, "a draft outlives a reload");
    await page.getByRole("button", { name: "Look and publish" }).click();
    const dialog = sheet("Publish changes");
    await dialog.getByText("What it would do").waitFor({ timeout: TRY_MS });
    await dialog.getByText("Failed login from a new device").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByText("1 change", { exact: true }).waitFor({ state: "detached" });
    assert.equal(await weight.inputValue(), published);
  });
});

it("writes a rule with a mistake, mends it, publishes it, finds it, and rolls back", async () => {
  const { page } = view;
  await open("/rules/editor?template=empty");
  const name = `story_${Date.now().toString(36)}`;
  await page.getByLabel("Name of the pack").fill(name);
  await code().waitFor();
  const id = /id: (X\d+)/.exec(await code().innerText())[1];

  const line = page.locator(".cm-line", { hasText: "when: event.type" });
  await line.click();
  await page.keyboard.press("End");
  await page.keyboard.type(" && event.htpp_code == 200");
  const problem = page.locator(".problems__one").first();
  await problem.getByText("event.htpp_code").waitFor();
  await page.locator(".cm-lintRange-error", { hasText: "event.htpp_code" }).waitFor();
  assert.ok(await page.getByRole("button", { name: "Look and publish" }).isDisabled(), "what is wrong cannot be published");

  // By the keyboard alone: to the problem, and the mended word in its place.
  await problem.locator("button").first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "code", "the focus is in the text");
  await page.keyboard.type("event.http_code");
  await page.getByText("1 of 2 tests fail").waitFor();
  await page.getByText("No problems", { exact: true }).waitFor({ state: "detached" });
  await line.click();
  await page.keyboard.press("End");
  for (let sign = 0; sign < " && event.http_code == 200".length; sign++) await page.keyboard.press("Backspace");
  await page.getByText("All 2 tests pass").waitFor();

  await page.getByRole("button", { name: "Look and publish" }).click();
  const dialog = sheet("Publish changes");
  await dialog.getByText(`- id: ${id}`).waitFor({ timeout: TRY_MS });
  const reason = `story of ${name}`;
  const version = await publish(dialog, reason, "Publish");
  await page.waitForURL(new RegExp(`pack=${name}`));
  await page.getByText("As published").waitFor();

  await open(`/rules?origin=own&q=${id}`);
  await page.getByRole("link", { name: "What it catches, in a few words" }).first().click();
  await page.waitForURL(new RegExp(`/rules/${id}`));
  await page.getByText('event.type == "account_login"').first().waitFor();
  await page.getByRole("link", { name: `Version ${version}` }).waitFor();

  await open("/rules/versions");
  await page.getByRole("link", { name: reason }).click();
  await page.waitForURL(new RegExp(`to=${version}`));
  await page.getByText(`- id: ${id}`).waitFor();
  await page.getByRole("button", { name: `Roll back to version ${version - 1}` }).first().click();
  const rolled = await publish(sheet(`Put version ${version - 1} in use again`), `${reason}, taken back`, "Roll back");
  assert.equal(rolled, version + 1);
  await page.waitForURL(new RegExp(`to=${rolled}`));
  await open(`/rules/editor?pack=${name}`);
  await heading("Rule editor").waitFor();
  await page.getByRole("link", { name, exact: true }).waitFor({ state: "detached" });
});

it("asks before what is not published would be lost", async () => {
  const { page } = view;
  await open("/rules/editor?template=bots");
  await page.locator(".cm-line", { hasText: "tags:" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" ");
  await page.getByRole("link", { name: "Policies" }).first().click();
  const dialog = sheet("Leave without publishing?");
  await dialog.getByRole("button", { name: "Stay" }).last().click();
  await dialog.waitFor({ state: "detached" });
  assert.match(page.url(), /rules\/editor/);
  await page.getByRole("link", { name: "Policies" }).first().click();
  await dialog.getByRole("button", { name: "Leave and lose it" }).click();
  await heading("Policies").waitFor();
});

it("completes facts where they may stand, and says what they mean", async () => {
  const { page } = view;
  await open("/rules/editor?template=empty");
  await page.locator(".cm-line", { hasText: "when: event.type" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" && address.is_t");
  const option = page.locator(".cm-tooltip-autocomplete li", { hasText: "address.is_tor" });
  await option.waitFor();
  await page.getByText("the address is a Tor exit").waitFor();
  await option.click();
  await page.locator(".cm-line", { hasText: "&& address.is_tor" }).waitFor();
});

it("says in words what decides when no policy matches", async () => {
  const { page } = view;
  await open("/policies");
  await heading("Policies").waitFor();
  await page.getByRole("heading", { name: "When no policy matches" }).waitFor();
  await page.getByText(/Trust of \d+ or less, or as much risk/).waitFor();
});
