// A ring from one address: found by the number of its users, followed to one of them, and seen as a whole in the links.
import assert from "node:assert/strict";
import { it } from "node:test";
import { liveView } from "../harness.mjs";

const view = liveView();

const pathOf = (page) => new URL(page.url()).pathname;

it("leads from the address that most users share to one of them, and to what links them", async () => {
  const { page, faults } = view;
  await page.goto(`${view.target.url}/addresses`);
  await page.locator(".list__open").first().waitFor();
  await page.getByRole("columnheader", { name: "Users" }).getByRole("button").click();
  await page.waitForURL((url) => url.searchParams.get("sort") === "-users");
  await page.waitForFunction(() => !document.querySelector(".listing--changing"));
  const row = page.locator(".list__open").first();
  const address = await row.getAttribute("title");
  await row.click();
  await page.getByRole("heading", { level: 1, name: address }).waitFor();

  const users = page.getByRole("table", { name: "Users" }).locator(".list__open");
  await users.nth(1).waitFor();
  assert.ok((await users.count()) > 1, "several users share it");
  const user = await users.first().getAttribute("href");
  await users.first().click();
  await page.locator(".userhead").waitFor();
  assert.equal(pathOf(page), user);

  await page.getByRole("link", { name: "Links", exact: true }).click();
  await page.getByText(/^The links as a list/).click();
  await page.locator(".graph__list td", { hasText: address }).first().waitFor();
  assert.deepEqual(faults, [], "no policy violation, no page error, no request to anyone else");
});

it("opens things whose names have slashes and spaces", async () => {
  const { page, faults } = view;
  for (const kind of ["resources", "user-agents"]) {
    await page.goto(`${view.target.url}/${kind}`);
    const row = page.locator(".list__open").first();
    await row.waitFor();
    const name = await row.getAttribute("title");
    await row.click();
    await page.getByRole("complementary", { name: "Facts" }).waitFor();
    await page.reload();
    await page.getByRole("complementary", { name: "Facts" }).waitFor();
    assert.equal(decodeURIComponent(pathOf(page)), `/${kind}/${name}`);
  }
  assert.deepEqual(faults, []);
});

it("tells a session in the order in which it happened, and opens its events beside it", async () => {
  const { page, faults } = view;
  await page.goto(`${view.target.url}/sessions`);
  await page.locator(".list__open").first().click();
  const times = page.locator(".story__time");
  await times.first().waitFor();
  const moments = await times.evaluateAll((all) => all.map((time) => time.dateTime));
  assert.deepEqual(moments, moments.toSorted());
  await page.locator(".story__step .list__open").first().click();
  await page.getByRole("dialog", { name: "Event" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Event" }).waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
});
