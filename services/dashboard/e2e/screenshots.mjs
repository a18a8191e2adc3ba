// Takes pictures of every page in both themes and sizes, for a person to look at. Not a test.
import { mkdirSync } from "node:fs";
import { launch, openPage, signIn, SIZES, startTarget } from "./harness.mjs";

const folder = new URL("../test-results/", import.meta.url);
mkdirSync(folder, { recursive: true });
const target = await startTarget();
const browser = await launch();
const only = process.argv[2];

async function shoot(page, name) {
  await page.waitForTimeout(500);
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname });
}

async function tour(page, name, world) {
  await page.goto(`${target.url}/login`);
  await shoot(page, `${name}-login`);
  await signIn(page, target, target.fake ? `${world}@example.test` : undefined);
  await page.waitForTimeout(world === "broken" ? 6_000 : 2_000);
  await shoot(page, `${name}-activity`);
  const event = page.locator(".table__open").nth(world === "many" ? 2 : 0);
  if ((await event.count()) > 0) {
    await event.click();
    await shoot(page, `${name}-event`);
  }
  await page.goto(`${target.url}/users`);
  await shoot(page, `${name}-users`);
  if (world === "broken") await page.waitForTimeout(6_000);
  const user = page.locator(".table__open").nth(world === "many" ? 1 : 0);
  if ((await user.count()) > 0) {
    await user.click();
    await page.waitForURL(/\/users\/./);
    await shoot(page, `${name}-user`);
    if (name.includes("phone")) await page.screenshot({ path: new URL(`${name}-user-whole.png`, folder).pathname, fullPage: true });
  }
}

for (const world of target.fake ? ["many", "one", "empty", "broken"] : ["many"]) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      const name = `${world}-${size}-${colorScheme}`;
      if (only && !name.includes(only)) continue;
      const { page, context, faults } = await openPage(browser, target, { viewport, colorScheme, hasTouch: size === "phone", isMobile: size === "phone" });
      await tour(page, name, world);
      console.log(name, faults);
      await context.close();
    }
  }
}
await browser.close();
target.stop();
