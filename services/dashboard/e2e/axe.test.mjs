// Every page, in both themes, without a violation of the accessibility rules.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launch, openPage, signIn, SIZES, startTarget } from "./harness.mjs";

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

async function audit(page, name) {
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
  assert.deepEqual(found, [], name);
}

const rows = (page) => page.locator(".list__row:not(.list__row--still) .list__open");

/** What only some see on the way in. */
async function auditSteps(page) {
  await page.goto(`${target.url}/welcome#iwo_setup`);
  await page.getByLabel("New password").waitFor();
  await audit(page, "welcome");
  for (const [world, heading] of [["totp", "One more step"], ["enrol", "Set up a second factor"]]) {
    await page.goto(`${target.url}/login`);
    await page.context().clearCookies();
    await page.goto(`${target.url}/login`);
    await page.getByLabel("E-mail").fill(`${world}@example.test`);
    await page.getByLabel("Password").fill(target.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: heading }).waitFor();
    await audit(page, world);
  }
  await page.context().clearCookies();
}

async function auditSignedIn(page) {
  await signIn(page, target);
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  await page.goto(`${target.url}/activity`);
  await rows(page).first().waitFor();
  await page.keyboard.press("p");
  await audit(page, "activity");
  await rows(page).first().click();
  await page.getByRole("dialog").waitFor();
  await audit(page, "event");
  await page.keyboard.press("Escape");
  await page.goto(`${target.url}/activity?sheet=ledger`);
  await page.getByRole("dialog").waitFor();
  await audit(page, "ledger");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await audit(page, "help");
  await page.goto(`${target.url}/users`);
  await rows(page).first().waitFor();
  await audit(page, "users");
  await rows(page).first().click();
  await page.getByRole("heading", { name: "Why this score" }).waitFor();
  await audit(page, "user");
  await page.goto(`${target.url}/account`);
  await page.getByText("This session").first().waitFor();
  await audit(page, "account");
  await page.goto(`${target.url}/users?q=nobody-is-called-this`);
  await page.getByText("Nothing matches these filters").waitFor();
  await audit(page, "no users");
  await page.goto(`${target.url}/users/nobody-is-called-this`);
  await page.getByText("This user is not known").waitFor();
  await audit(page, "unknown user");
  await page.goto(`${target.url}/nowhere`);
  await page.getByText("There is no such page").waitFor();
  await audit(page, "unknown page");
}

describe("axe", () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      // The theme changes colours and the size changes places; the fourth combination would show nothing new.
      if (colorScheme === "dark" && size === "phone") continue;
      it(`finds nothing in ${colorScheme} at ${size}`, async () => {
        const { page, context, faults } = await openPage(browser, target, { colorScheme, viewport });
        await page.goto(`${target.url}/login`);
        await page.getByLabel("E-mail").waitFor();
        await audit(page, "login");
        if (target.fake) await auditSteps(page);
        await auditSignedIn(page);
        await context.close();
        assert.deepEqual(faults, []);
      });
    }

    it(`finds nothing in ${colorScheme} while the server fails or has no data`, async (test) => {
      if (!target.fake) return test.skip("a live system is neither broken nor empty");
      const { page, context } = await openPage(browser, target, { colorScheme });
      for (const world of ["broken", "empty", "one"]) {
        await signIn(page, target, `${world}@example.test`);
        await audit(page, `${world} overview`);
        await page.goto(`${target.url}/users`);
        await page.getByRole("heading", { name: "Users", level: 1 }).waitFor();
        await audit(page, `${world} users`);
      }
      await context.close();
    });
  }
});
