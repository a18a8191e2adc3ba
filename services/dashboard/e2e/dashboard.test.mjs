// The dashboard in a real browser. Runs against a live system when the environment names one, else on invented data.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { launch, openPage, signIn, SIZES, startTarget } from "./harness.mjs";

let target;
let browser;
let view;

before(async () => {
  target = await startTarget();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  target?.stop();
});
beforeEach(async () => {
  view = await openPage(browser, target);
});
afterEach(async () => {
  const { faults, context } = view;
  await context.close();
  assert.deepEqual(faults, [], "no policy violation, no page error, no request to anyone else");
});

const firstRow = () => view.page.locator(".list__row:not(.list__row--still) .list__open").first();
const focused = () => view.page.evaluate(() => document.activeElement?.getAttribute("name") ?? document.activeElement?.textContent ?? "");

/** Presses Tab until the wanted element has the focus, as a person without a mouse would. */
async function tabTo(wanted, limit = 60) {
  for (let presses = 0; presses < limit; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await view.page.keyboard.press("Tab");
  }
  assert.fail(`the focus never reached ${wanted}`);
}

describe("signing in", () => {
  it("tells a wrong password plainly and keeps what was typed", async () => {
    const { page } = view;
    await page.goto(`${target.url}/login`);
    await page.getByLabel("E-mail").fill(target.email);
    await page.getByLabel("Password").fill("not it");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("do not match").waitFor();
    assert.equal(await page.getByLabel("E-mail").inputValue(), target.email);
  });

  it("comes back to where the end of the session interrupted", async () => {
    const { page } = view;
    await signIn(page, target);
    await view.context.clearCookies();
    await page.goto(`${target.url}/users?band=low`);
    await page.waitForURL(/\/login\?next=/);
    await page.getByText("You were signed out").waitFor();
    await page.getByLabel("E-mail").fill(target.email);
    await page.getByLabel("Password").fill(target.password);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${target.url}/users?band=low`);
  });

  it("ends with signing out", async () => {
    const { page } = view;
    await signIn(page, target, target.email, { own: true });
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(/\/login$/);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    assert.deepEqual(await view.context.cookies(), []);
  });

  it("keeps the secret from every script, also over plain http on this machine", async () => {
    const { page, context } = view;
    await signIn(page, target);
    const [cookie, ...others] = await context.cookies();
    assert.deepEqual(others, []);
    const { name, httpOnly, secure, sameSite, path } = cookie;
    assert.deepEqual({ name, httpOnly, secure, sameSite, path }, { name: "__Host-innerwall", httpOnly: true, secure: true, sameSite: "Strict", path: "/" });
    assert.equal(await page.evaluate(() => document.cookie), "");
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
    assert.ok(!kept.includes(cookie.value), kept);
    await page.reload();
    await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  });

  it("works under localhost as well", async (test) => {
    if (!target.fake) return test.skip("query knows one origin only");
    const { page, context } = await openPage(browser, { url: target.url.replace("127.0.0.1", "localhost") });
    await page.goto(`${target.url.replace("127.0.0.1", "localhost")}/login`);
    await page.getByLabel("E-mail").fill(target.email);
    await page.getByLabel("Password").fill(target.password);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/");
    await page.reload();
    await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
    await context.close();
  });
});

describe("the keyboard alone", () => {
  it("leads from the login to a user and an event", async () => {
    const { page } = view;
    await page.goto(`${target.url}/login`);
    await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "email");
    await page.keyboard.type(target.email);
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "password");
    await page.keyboard.type(target.password);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/");
    await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();

    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Skip to the content");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await page.keyboard.press("/");
    await page.getByRole("dialog", { name: "Search" }).waitFor();
    await page.keyboard.type("users");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/users/);
    await firstRow().waitFor();
    await tabTo(firstRow());
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/users\/./);
    await page.getByRole("heading", { name: "Why this score" }).waitFor();

    await tabTo(page.getByRole("link", { name: "Events", exact: true }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/tab=events/);
    await firstRow().waitFor();
    await tabTo(firstRow());
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Event" }).waitFor();
    assert.match(page.url(), /event=/);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.doesNotMatch(page.url(), /event=/);
    assert.match(await page.evaluate(() => document.activeElement?.id ?? ""), /^event-/, "the focus returns to the row");
  });
});

describe("activity", () => {
  it("shows a pasted link to an event", async () => {
    const { page } = view;
    await signIn(page, target);
    await page.goto(`${target.url}/activity`);
    await firstRow().click();
    await page.getByRole("dialog", { name: "Event" }).waitFor();
    const link = page.url();
    await page.goto(`${target.url}/users`);
    await page.goto(link);
    await page.getByRole("dialog", { name: "Event" }).getByText("Event id", { exact: true }).waitFor();
  });

  it("says that a link leads to no event", async () => {
    const { page } = view;
    await signIn(page, target);
    await page.goto(`${target.url}/activity?event=no-such-event`);
    await page.getByRole("dialog", { name: "Event" }).getByText("This event was not found").waitFor();
  });

  it("opens the events of a chosen span, and comes back to live", async () => {
    const { page } = view;
    await signIn(page, target);
    await page.goto(`${target.url}/activity?from=2026-01-01T00:00:00.000Z&to=${new Date().toISOString()}`);
    await page.getByText("Past events").waitFor();
    await page.getByRole("button", { name: "Back to live" }).click();
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  });
});

describe("every width", () => {
  for (const [size, viewport] of Object.entries(SIZES)) {
    it(`fits ${size} without scrolling sideways`, async () => {
      const { page } = view;
      await page.setViewportSize(viewport);
      await signIn(page, target);
      const paths = ["/", "/activity", "/start", "/users"];
      await page.goto(`${target.url}/users`);
      await firstRow().click();
      await page.waitForURL(/\/users\/./);
      paths.push(new URL(page.url()).pathname);
      for (const path of paths) {
        await page.goto(`${target.url}${path}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`);
      }
    });
  }
});
