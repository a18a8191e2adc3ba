// Prints what the first route costs over the wire and fails the build when it is over budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 150 * 1000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const gzipBytes = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

/** Every script the browser must have before the named entry can run. */
function closure(name, seen = new Set()) {
  const chunk = manifest[name];
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const next of chunk.imports ?? []) closure(next, seen);
  return seen;
}

const first = closure("index.html");
// The landing page is a lazy chunk like the others, but a signed-in visit needs it at once.
const landing = Object.keys(manifest).find((name) => name.endsWith("overview/page.tsx"));
if (landing) closure(landing, first);

let total = 0;
for (const file of first) {
  total += gzipBytes(file);
  console.log(`first route  ${kilobytes(gzipBytes(file)).padStart(9)} gz  ${file}`);
}
for (const chunk of Object.values(manifest)) {
  if (!chunk.file.endsWith(".js") || first.has(chunk.file)) continue;
  console.log(`later        ${kilobytes(gzipBytes(chunk.file)).padStart(9)} gz  ${chunk.file}`);
}
console.log(`first route JS ${kilobytes(total)} gz of ${kilobytes(BUDGET_BYTES)}`);
if (total > BUDGET_BYTES) {
  console.error("The first route is over budget: move something behind a lazy route.");
  process.exit(1);
}
