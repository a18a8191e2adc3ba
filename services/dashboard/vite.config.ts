import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Browsers that know `light-dark()`, which the design tokens are written with. */
const BROWSERS = ["chrome123", "firefox128", "safari17.5"];

export default defineConfig({
  plugins: [react()],
  server: { proxy: { "/api": process.env["QUERY_URL"] ?? "http://127.0.0.1:8082" } },
  build: {
    target: BROWSERS,
    cssTarget: BROWSERS,
    manifest: true,
    // The policy of server.mjs allows no data: fonts, and small icons are worth one cached request.
    assetsInlineLimit: 0,
  },
  // `css` lets a test read the tokens.
  test: { include: ["src/**/*.test.ts", "*.test.mjs"], css: true },
});
