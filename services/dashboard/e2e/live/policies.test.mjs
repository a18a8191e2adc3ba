// A policy from an example to use and back: written, read in words, tried on an example, moved, removed.
import assert from "node:assert/strict";
import { it } from "node:test";
import { liveView } from "../harness.mjs";

/** Long enough for a change of the rules to be tried on a thousand users while the machine is busy. */
const TRY_MS = 60_000;
const SECOND = `  - id: blocked_stay_out
    name: Blocked people stay out
    when: standing.is_blocked
    verdict: deny
    reason: the user is blocked
    tests:
      - { name: blocked, given: { standing.is_blocked: true }, fires: true }
      - { name: nobody knows, given: {}, fires: false }
`;

const view = liveView();

async function publish(reason) {
  const { page } = view;
  const dialog = page.getByRole("dialog", { name: "Publish changes" });
  await dialog.getByText("What it would do").waitFor({ timeout: TRY_MS });
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await dialog.waitFor({ state: "detached", timeout: TRY_MS });
}

it("leads a policy from an example into use, and out of it again", async () => {
  const { page, faults } = view;
  await page.goto(`${view.target.url}/policies`);
  await page.getByRole("link", { name: "Write a policy" }).click();
  const name = `policies_${Date.now().toString(36)}`;
  await page.getByLabel("Name of the pack").fill(name);
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(SECOND);
  await page.getByText("All 4 tests pass").waitFor();
  await page.getByRole("button", { name: "Look and publish" }).click();
  await publish(`story of ${name}`);
  await page.waitForURL(new RegExp(`pack=${name}`));

  await page.goto(`${view.target.url}/policies`);
  const cards = page.locator(".policy", { hasText: name });
  await cards.nth(1).waitFor();
  const order = async () => (await cards.locator("h2 bdi").allInnerTexts()).join(", ");
  assert.equal(await order(), "A second factor while somebody guesses, Blocked people stay out");
  await cards.first().getByText("own login failures is 5 or more").waitFor();
  await cards.first().getByText("trust is less than 40").waitFor();

  await page.getByLabel("Kind of event").selectOption("account_login");
  await page.getByLabel("own_login_failures", { exact: true }).fill("9");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await cards.first().getByText("matches", { exact: true }).waitFor();
  await cards.nth(1).getByText("not reached").waitFor();

  await page.getByRole("button", { name: "Try Blocked people stay out earlier" }).click();
  await publish(`${name}: blocked people first`);
  await cards.first().getByRole("heading", { name: /^Blocked people stay out/ }).waitFor();
  assert.equal(await order(), "Blocked people stay out, A second factor while somebody guesses");

  await cards.first().getByRole("link", { name: /^Edit/ }).click();
  await page.waitForURL(new RegExp(`pack=${name}`));
  await page.getByRole("button", { name: "Remove this pack" }).click();
  await publish(`${name} removed`);
  await page.goto(`${view.target.url}/policies`);
  await page.getByRole("heading", { name: "When no policy matches" }).waitFor();
  await cards.first().waitFor({ state: "detached" });
  assert.deepEqual(faults, [], "no policy violation, no page error, no request to anyone else");
});
