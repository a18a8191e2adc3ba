// Triage of a user: found in the list, understood on the page, blocked with a reason, and let go again.
import assert from "node:assert/strict";
import { it } from "node:test";
import { liveView } from "../harness.mjs";

const view = liveView();

it("leads from the list to why, to a block with its reason, and back", async () => {
  const { page, faults } = view;
  await page.goto(`${view.target.url}/users?status=normal`);
  const row = page.locator(".list__open").first();
  await row.waitFor();
  const path = await row.getAttribute("href");
  await row.click();
  await page.waitForURL(`${view.target.url}${path}`);

  const head = page.locator(".userhead");
  await head.getByText(/^(Low|Medium|High) trust$/).waitFor();
  await page.locator(".user__why h2").first().waitFor();

  await head.getByRole("button", { name: "Block", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Block / });
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  await dialog.getByText("Say why in a few words.").waitFor();
  await dialog.getByLabel("Reason", { exact: true }).fill("story of the triage");
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  const blocked = head.locator(".standing").getByText("Blocked", { exact: true });
  await blocked.waitFor();

  await page.locator(".toast", { hasText: "Blocked " }).getByRole("button", { name: "Undo" }).click();
  await blocked.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Decisions and notes", exact: true }).click();
  await page.getByText("story of the triage").first().waitFor();
  assert.deepEqual(faults, [], "no policy violation, no page error, no request to anyone else");
});
