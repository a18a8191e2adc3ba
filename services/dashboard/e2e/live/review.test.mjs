// Triage of an alert by keyboard alone, and a value on a list with its way back.
import assert from "node:assert/strict";
import { afterEach, beforeEach, it } from "node:test";
import { liveBrowser, openPage, signIn } from "../harness.mjs";

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

const toast = (words) => view.page.locator(".toast", { hasText: words });

it("triages an alert end to end without a mouse", async () => {
  const { page } = view;
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await page.getByRole("heading", { name: "Review queue", level: 1 }).waitFor();
  await page.locator(".list__row .list__open").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Case" });
  await drawer.getByRole("heading", { name: "Why it is here" }).waitFor();
  const opened = new URL(page.url()).searchParams.get("case");

  await page.keyboard.press("n");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Note (n)");
  await page.keyboard.type("looked at by keyboard");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await drawer.getByText("looked at by keyboard").first().waitFor();
  await page.evaluate(() => document.activeElement?.blur());

  // Without a reason the key leads to the field; Enter there decides.
  await page.keyboard.press("b");
  await drawer.getByRole("alert").waitFor();
  await page.keyboard.type("stolen account");
  await page.keyboard.press("Enter");
  await toast("Blocked ").waitFor();
  await page.waitForFunction((left) => new URL(location.href).searchParams.get("case") !== left, opened);

  await toast("Blocked ").getByRole("button", { name: "Undo" }).click();
  await toast("Undone").waitFor();
  await page.goto(`${live.target.url}/review?case=${opened}`);
  await drawer.getByRole("heading", { name: "Decisions so far" }).waitFor();
  await drawer.getByText("stolen account").first().waitFor();
});

it("puts an address on a list until a day, and takes it off with a way back", async () => {
  const { page } = view;
  const value = `198.51.100.${1 + (Date.now() % 250)}`;
  await page.goto(`${live.target.url}/lists`);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "Add to a list" });
  await sheet.getByLabel("Value").fill(value);
  await sheet.getByText("Looks like: Address").waitFor();
  await sheet.getByLabel("Holds").selectOption("day");
  await sheet.getByLabel("Reason").fill("story of the list");
  await sheet.getByRole("button", { name: "Add", exact: true }).click();
  await toast(`${value} is on the list`).waitFor();
  const row = page.locator(".list__row", { hasText: value });
  await row.waitFor();

  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await row.waitFor({ state: "detached" });
  await toast(`${value} is off the list`).getByRole("button", { name: "Undo" }).click();
  await row.waitFor();
});
