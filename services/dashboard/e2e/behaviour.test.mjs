// What can only be tried on invented data: a failing server, hostile values, a stream that breaks.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { XSS } from "./fake-world.mjs";
import { launch, openPage, signIn, startTarget } from "./harness.mjs";

let target;
let browser;

before(async () => {
  target = await startTarget();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  target?.stop();
});

/** Runs one story in its own browser context; on a live system there is nothing to invent. */
function story(name, world, steps) {
  it(name, async (test) => {
    if (!target.fake) return test.skip("needs invented data");
    const { page, context, faults } = await openPage(browser, target);
    await signIn(page, target, `${world}@example.test`);
    await steps(page, context);
    await context.close();
    assert.deepEqual(faults, []);
  });
}

const rows = (page) => page.locator(".list__row:not(.list__row--still) .list__open");
const state = (page, words) => page.getByRole("status").getByText(words, { exact: true });

describe("live events", () => {
  story("come by themselves, wait while paused, and come back", "many", async (page) => {
    await page.goto(`${target.url}/activity`);
    await state(page, "Live").waitFor();
    const first = await rows(page).first().getAttribute("id");
    await page.waitForFunction((id) => document.querySelector(".list__open")?.id !== id, first);
    await page.getByRole("button", { name: "Pause" }).click();
    await state(page, "Paused").waitFor();
    const held = await rows(page).first().getAttribute("id");
    await page.getByRole("button", { name: /new event/ }).waitFor();
    assert.equal(await rows(page).first().getAttribute("id"), held);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.waitForFunction((id) => document.querySelector(".list__open")?.id !== id, held);
  });

  story("hold still under the pointer, also while an event is open", "many", async (page) => {
    await page.goto(`${target.url}/activity`);
    await rows(page).first().waitFor();
    const under = () => page.evaluate(() => document.querySelector(".list__row:hover a.list__open")?.id);
    const place = await rows(page).nth(2).boundingBox();
    await page.mouse.move(place.x + 5, place.y + 8);
    await page.waitForTimeout(300);
    const pointed = await under();
    await page.mouse.down();
    await page.mouse.up();
    await page.getByRole("dialog", { name: "Event" }).waitFor();
    await page.waitForTimeout(1_200);
    assert.equal(await under(), pointed);
    assert.ok(page.url().includes(pointed.replace("event-", "")));
  });

  story("move nothing under a reader who has scrolled down", "many", async (page) => {
    await page.goto(`${target.url}/activity`);
    await rows(page).first().waitFor();
    await page.mouse.move(5, 5);
    await page.evaluate(() => window.scrollTo(0, 2_000));
    const fresh = page.getByRole("button", { name: /new event/ });
    await fresh.waitFor();
    const places = () => page.evaluate(() => [...document.querySelectorAll(".list__row")].map((row) => [row.querySelector(".list__open")?.id, Math.round(row.getBoundingClientRect().top)]).filter(([, top]) => top > 0 && top < 900));
    const placed = await places();
    await page.waitForTimeout(1_500);
    assert.deepEqual(await places(), placed);
    await fresh.click();
    await fresh.waitFor({ state: "detached" });
    assert.ok((await page.evaluate(() => window.scrollY)) < 600);
  });

  story("say that the connection broke, and recover", "many", async (page) => {
    await page.goto(`${target.url}/activity`);
    await state(page, "Live").waitFor();
    target.query.closeAllConnections();
    await state(page, "Reconnecting").waitFor();
    await state(page, "Live").waitFor();
  });

  story("say that the network is gone", "many", async (page, context) => {
    await page.goto(`${target.url}/activity`);
    await state(page, "Live").waitFor();
    await context.setOffline(true);
    await state(page, "Offline").waitFor();
    await context.setOffline(false);
    await state(page, "Live").waitFor();
  });

  story("can be narrowed to one address", "many", async (page) => {
    await page.goto(`${target.url}/activity`);
    await rows(page).first().click();
    await page.getByRole("link", { name: "All events from this address" }).click();
    await page.waitForURL(/\?ip=/);
    await page.getByRole("button", { name: /Remove the filter Address/ }).click();
    await page.waitForURL((url) => !url.search.includes("ip="));
  });
});

describe("users", () => {
  story("are filtered, sorted and paged through the URL", "many", async (page) => {
    await page.goto(`${target.url}/users`);
    await rows(page).first().waitFor();
    const more = page.getByRole("button", { name: "Show more" });
    await more.click();
    await page.waitForFunction(() => Number(document.querySelector("[aria-rowcount]")?.getAttribute("aria-rowcount")) > 60);
    const filter = page.getByRole("combobox", { name: "Filter" });
    await filter.fill("trust:low trust");
    await page.keyboard.press("Enter");
    await page.waitForURL(/band=low/);
    await page.getByRole("button", { name: "Trust", exact: true }).click();
    await page.waitForURL(/sort=trust_score/);
    await filter.fill("ada.lovelace");
    await page.waitForURL(/q=ada/);
    await page.getByRole("link", { name: "ada.lovelace@example.test" }).click();
    await page.getByRole("heading", { name: "ada.lovelace@example.test" }).waitFor();
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("[role=combobox]")?.value === "ada.lovelace");
    await page.getByRole("button", { name: /Remove the filter Trust/ }).click();
    await page.waitForURL((url) => !url.search.includes("band="));
  });

  story("show the event behind a reason", "many", async (page) => {
    await page.goto(`${target.url}/users?q=ada.lovelace@`);
    await page.getByRole("link", { name: "ada.lovelace@example.test" }).click();
    await page.locator(".reason a").first().click();
    const drawer = page.getByRole("dialog", { name: "Event" });
    await drawer.getByText("Event id", { exact: true }).waitFor();
    // Lists do not know this; it comes with the event itself.
    await drawer.getByText("s-4711").waitFor();
  });
});

describe("hostile values", () => {
  story("are shown as the text they are", "many", async (page) => {
    await page.goto(`${target.url}/users`);
    await page.getByRole("link", { name: XSS }).click();
    await page.getByRole("heading", { name: XSS }).waitFor();
    await page.locator(".reason").first().waitFor();
    await page.getByRole("link", { name: "Events", exact: true }).click();
    await rows(page).first().click();
    await page.getByRole("dialog").getByText("javascript:window.xssRan").waitFor();
    assert.equal(await page.locator("a[href^='javascript:']").count(), 0);
    assert.equal(await page.evaluate(() => window.xssRan), undefined);
  });
});

describe("a server that fails", () => {
  story("is reported with a way on, and no invented numbers", "broken", async (page) => {
    await page.getByText("The server cannot read its data now.").first().waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Try again" }).first().waitFor();
    await page.goto(`${target.url}/users`);
    await page.getByText("The server cannot read its data now.").first().waitFor({ timeout: 20_000 });
  });

  story("leaves the last good data on screen", "many", async (page, context) => {
    await page.goto(`${target.url}/users`);
    await rows(page).first().waitFor();
    await context.route("**/api/v1/users?*", (route) => route.abort());
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    await page.waitForTimeout(5_500);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    await page.getByText(/Showing what was loaded/).waitFor({ timeout: 20_000 });
    assert.ok((await rows(page).count()) > 0);
  });
});

/** Fills in the first step. */
async function password(page, email) {
  await page.goto(`${target.url}/login`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(target.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Runs a story before anybody has signed in. */
function visit(name, steps) {
  it(name, async (test) => {
    if (!target.fake) return test.skip("needs invented accounts");
    const { page, context, faults } = await openPage(browser, target);
    await steps(page);
    await context.close();
    assert.deepEqual(faults, []);
  });
}

const overview = (page) => page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();

describe("a second factor", () => {
  visit("is asked for after the password, also after a reload, and says when a code is wrong", async (page) => {
    await password(page, "totp@example.test");
    await page.getByRole("heading", { name: "One more step" }).waitFor();
    await page.reload();
    await page.getByLabel("Code", { exact: true }).fill("000000");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("the code is wrong").waitFor();
    await page.getByLabel("Code", { exact: true }).fill("123456");
    await page.keyboard.press("Enter");
    await overview(page);
  });

  visit("is set up first where it is required", async (page) => {
    await password(page, "enrol@example.test");
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByText("GEZD GNBV").waitFor();
    await page.getByLabel("Code", { exact: true }).fill("123456");
    await page.keyboard.press("Enter");
    await page.getByText("ABCDEF-GHIJKL-MNOPQR-STUVWX").waitFor();
    await page.getByRole("button", { name: "I have saved them" }).click();
    await overview(page);
  });
});

describe("a link with a ticket", () => {
  visit("lets the first owner choose address and password, and leaves the address bar", async (page) => {
    await page.goto(`${target.url}/welcome#iwo_setup`);
    await page.getByLabel("E-mail").fill("owner@example.test");
    await page.getByLabel("New password").fill("a few good words");
    assert.ok(!page.url().includes("iwo_"), page.url());
    await page.keyboard.press("Enter");
    await overview(page);
  });

  visit("names who is invited to what, and says when it is used up", async (page) => {
    await page.goto(`${target.url}/welcome#iwo_join`);
    await page.getByText("You are invited to Demo tenant").waitFor();
    await page.getByText("join@example.test").waitFor();
    await page.goto(`${target.url}/login`);
    await page.goto(`${target.url}/welcome#iwo_used`);
    await page.getByRole("alert").getByText("Ask for a new one").waitFor();
  });
});

describe("the own account", () => {
  story("shows the second factor, the password and the sessions", "many", async (page) => {
    await page.goto(`${target.url}/account`);
    await page.getByText("This session").waitFor();
    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByRole("button", { name: "Begin" }).waitFor();
  });
});

describe("too many attempts", () => {
  it("are told how long to wait", async (test) => {
    if (!target.fake) return test.skip("would lock the operator out");
    const { page, context } = await openPage(browser, target);
    await page.goto(`${target.url}/login`);
    await page.getByLabel("E-mail").fill("limited@example.test");
    await page.getByLabel("Password").fill("anything");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Try again in 30 seconds.").waitFor();
    await context.close();
  });
});
