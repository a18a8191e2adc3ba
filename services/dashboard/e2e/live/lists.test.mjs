// What every list offers: a view kept under a name, the list as a file, and a chart whose brush sets the range.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import { liveView } from "../harness.mjs";

const view = liveView();
const toast = (words) => view.page.locator(".toast", { hasText: words });
const search = () => new URL(view.page.url()).searchParams;

it("keeps filters and order under a name, and gives them back on another day", async () => {
  const { page, faults, target } = view;
  const name = `story ${Date.now().toString(36)}`;
  await page.goto(`${target.url}/users?band=low&sort=trust`);
  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save this view" }).click();
  await toast(`Saved as "${name}"`).waitFor();

  await page.goto(`${target.url}/users`);
  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByRole("button", { name, exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get("band") === "low" && url.searchParams.get("sort") === "trust");
  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByRole("button", { name: `Remove the view ${name}` }).click();
  await page.getByRole("button", { name, exact: true }).waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
});

it("takes a list away as a file, with its filters", async () => {
  const { page, faults, target } = view;
  await page.goto(`${target.url}/users?band=low`);
  await page.locator("main .list__open").first().waitFor();
  const shown = await page.locator("main .list__open").count();
  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "As NDJSON" }).click()]);
  const users = (await readFile(await file.path(), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(users.pop(), { complete: true, rows: users.length }, "the last line says that nothing is missing");
  assert.ok(users.length >= shown, `${users.length} users in the file, ${shown} on the page`);
  assert.deepEqual([...new Set(users.map((user) => user.band))], ["low"]);
  assert.deepEqual(faults, []);
});

it("sets the range by a brush over a chart", async () => {
  const { page, faults, target } = view;
  await page.goto(`${target.url}/addresses?range=30d`);
  const canvas = page.locator("figure.plot .u-over").first();
  const box = await canvas.boundingBox();
  const row = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.4, row);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, row, { steps: 8 });
  await page.mouse.up();
  await page.waitForURL((url) => url.searchParams.has("from") && url.searchParams.has("to"));
  const days = (Date.parse(search().get("to")) - Date.parse(search().get("from"))) / 86_400_000;
  assert.ok(days > 10 && days < 14, `0.4 of 30 days were brushed, not ${days}`);
  assert.deepEqual(faults, []);
});

it("shows on the page of a thing that it is blocked, until that is undone", async () => {
  const { page, faults, target } = view;
  await page.goto(`${target.url}/email-domains`);
  await page.locator("main .list__open").last().click();
  const head = page.locator(".thing__name");
  await page.getByRole("button", { name: "Decide" }).click();
  await page.getByRole("menuitem", { name: "Block", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Block / });
  await dialog.getByLabel("Reason", { exact: true }).fill("story of a thing");
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  await head.getByRole("link", { name: "Blocked" }).waitFor();
  await toast("Blocked ").getByRole("button", { name: "Undo" }).click();
  await head.getByRole("link", { name: "Blocked" }).waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
});
