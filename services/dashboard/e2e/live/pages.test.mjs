// Every page on live data, in both themes and at both sizes: no policy violation, no accessibility violation, no
// sideways scrolling, no script from stored text. Leaves a picture of each in test-results, for a person to look at.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launch, openPage, signIn, SIZES, startTarget } from "../harness.mjs";
import { PAGES } from "./pages.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SHOTS = new URL("../../test-results/pages/", import.meta.url);
mkdirSync(SHOTS, { recursive: true });

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

async function audit(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
}

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
/** Stored texts of hostile producers try to set this. */
const wasTricked = (page) => page.evaluate(() => "tricked" in window);

// The theme changes colours and the size changes places: two of the four combinations show both.
const LOOKS = [["light", "desktop"], ["dark", "phone"]];

for (const [colorScheme, size] of LOOKS) {
  describe(`${colorScheme}, ${size}`, () => {
    const viewport = SIZES[size];
    let view;
    before(async () => {
      view = await openPage(browser, target, { colorScheme, viewport, reducedMotion: "reduce" });
      await signIn(view.page, target);
    });
    after(() => view?.context.close());
    for (const { name, path, ready } of PAGES) {
      it(name, async () => {
        const { page, faults } = view;
        faults.length = 0;
        await page.goto(`${target.url}${typeof path === "function" ? await path(page, target) : path}`);
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        if (ready) await page.getByText(ready).first().waitFor();
        await page.waitForFunction(() => !document.querySelector("main [aria-busy=true]"));
        await page.waitForTimeout(300);
        await page.screenshot({ path: new URL(`${name.replaceAll(/\W+/g, "-")}-${size}-${colorScheme}.png`, SHOTS).pathname });
        assert.deepEqual(await audit(page), [], "accessibility");
        assert.ok((await overflow(page)) <= 0, "nothing scrolls sideways");
        assert.equal(await wasTricked(page), false, "stored text ran as a script");
        assert.deepEqual(faults, [], "no policy violation, page error or outside request");
      });
    }
  });
}
