import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SECURITY_HEADERS } from "./headers.mjs";
import { createDashboard, forwardedFor } from "./server.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "dashboard-"));
const seen = [];
let query;
let queryUrl;
let url;
const servers = [];

async function listen(server) {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

/** Sends bytes as they are; `fetch` would tidy the path first. */
async function raw(target) {
  const socket = net.connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}

beforeAll(async () => {
  mkdirSync(path.join(folder, "dist/assets"), { recursive: true });
  mkdirSync(path.join(folder, "dist/.vite"));
  writeFileSync(path.join(folder, "secret.txt"), "SECRET");
  writeFileSync(path.join(folder, "dist/.vite/manifest.json"), "SECRET");
  writeFileSync(path.join(folder, "dist/index.html"), "<!doctype html>APP");
  writeFileSync(path.join(folder, "dist/assets/app-1a2b.js"), "console.log(1)");
  query = http.createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers, closed: new Promise((resolve) => request.socket.once("close", resolve)) });
    if (request.url === "/api/v1/events/stream") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      return response.write(": hello\n\n");
    }
    if (request.url === "/api/silent") return undefined;
    response.writeHead(201, { "content-type": "application/json", "x-from": "query", "x-content-type-options": "none" });
    return request.pipe(response);
  });
  queryUrl = await listen(query);
  url = await listen(createDashboard({ dist: path.join(folder, "dist"), queryUrl }));
});

afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  rmSync(folder, { recursive: true });
});

describe("headers", () => {
  it("protect every answer, whoever made it, and are those of nginx", async () => {
    const nginx = readFileSync(new URL("../../deploy/nginx/security-headers.conf", import.meta.url), "utf8");
    const named = [...nginx.matchAll(/^add_header (\S+) "(.*)" always;$/gm)].map(([, name, value]) => [name.toLowerCase(), value]);
    expect(Object.fromEntries(named)).toEqual(SECURITY_HEADERS);
    for (const place of ["/", "/assets/app-1a2b.js", "/assets/missing.js", "/healthz", "/api/v1/users", "/users/7", "/%"]) {
      const { headers } = await fetch(`${url}${place}`);
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(headers.get(name), `${place} ${name}`).toBe(value);
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});

describe("files", () => {
  it("are served with a strict policy", async () => {
    const answer = await fetch(`${url}/`);
    expect(await answer.text()).toContain("APP");
    const policy = answer.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
  });

  it("with a hash in their name are kept for ever, others are asked for again", async () => {
    const answer = await fetch(`${url}/assets/app-1a2b.js`);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    expect(answer.headers.get("content-type")).toContain("text/javascript");
    expect(answer.headers.get("content-encoding")).toBe("gzip");
  });

  it("that are pages of the app get the app; a missing asset is missing", async () => {
    expect(await (await fetch(`${url}/users/u-1?band=low`)).text()).toContain("APP");
    expect((await fetch(`${url}/assets/gone.js`)).status).toBe(404);
  });

  it.each([
    "/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/..%5c..%5csecret.txt", "/.vite/manifest.json", "//secret.txt",
    "/assets/%00", "/api/../../secret.txt",
  ])("outside the build cannot be reached by %s", async (target) => {
    expect(await raw(target)).not.toContain("SECRET");
  });

  it("answer a broken URL and a wrong method plainly", async () => {
    expect(await raw("/%E0%A4%A")).toContain("400");
    expect((await fetch(`${url}/`, { method: "POST" })).status).toBe(405);
    const head = await fetch(`${url}/`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("do not matter to the health check", async () => {
    expect(await (await fetch(`${url}/healthz`)).text()).toBe("ok\n");
  });
});

describe("the way to the query service", () => {
  it("carries method, body, token and query, and no connection header", async () => {
    const headers = { authorization: "Bearer t", "x-forwarded-for": "203.0.113.9" };
    const answer = await fetch(`${url}/api/v1/login?x=1`, { method: "POST", body: '{"a":1}', headers });
    expect([answer.status, await answer.text(), answer.headers.get("x-from")]).toEqual([201, '{"a":1}', "query"]);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const asked = seen.at(-1);
    expect(asked.url).toBe("/api/v1/login?x=1");
    expect(asked.headers).toMatchObject({ authorization: "Bearer t", "x-forwarded-for": "203.0.113.9, 127.0.0.1", host: new URL(queryUrl).host });
  });

  it("names the client, and believes only proxies on this machine", () => {
    expect(forwardedFor("203.0.113.9", undefined)).toBe("203.0.113.9");
    expect(forwardedFor("203.0.113.9", "198.51.100.1")).toBe("203.0.113.9");
    expect(forwardedFor("::ffff:203.0.113.9", "127.0.0.1")).toBe("::ffff:203.0.113.9");
    for (const here of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
      expect(forwardedFor(here, "198.51.100.1")).toBe(`198.51.100.1, ${here}`);
      expect(forwardedFor(here, undefined)).toBe(here);
    }
  });

  it("does not lead out of /api", async () => {
    const before = seen.length;
    await raw("/api/../metrics");
    await raw("/api/%2e%2e/metrics");
    expect(seen.slice(before)).toEqual([]);
  });

  it("lets events through at once, and lets go upstream when the reader leaves", async () => {
    const leaving = new AbortController();
    const answer = await fetch(`${url}/api/v1/events/stream`, { signal: leaving.signal });
    const { value } = await answer.body.getReader().read();
    expect(new TextDecoder().decode(value)).toBe(": hello\n\n");
    leaving.abort();
    await seen.at(-1).closed;
  });

  it("lets go upstream when the reader leaves before the answer", async () => {
    const leaving = new AbortController();
    const asked = once(query, "request");
    const answer = fetch(`${url}/api/silent`, { signal: leaving.signal }).catch(() => "left");
    await asked;
    leaving.abort();
    expect(await answer).toBe("left");
    await seen.at(-1).closed;
  });

  it("says so when the service is away", async () => {
    const gone = http.createServer();
    const away = await listen(gone);
    gone.close();
    const other = await listen(createDashboard({ dist: path.join(folder, "dist"), queryUrl: away }));
    const answer = await fetch(`${other}/api/v1/me`);
    expect(answer.status).toBe(502);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ status: 502, code: "query_away" });
  });

  it("refuses a body beyond the limit, announced or not", async () => {
    const big = "x".repeat(1_100_000);
    expect((await fetch(`${url}/api/v1/login`, { method: "POST", body: big })).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 11; part++) controller.enqueue(new TextEncoder().encode(big.slice(0, 100_000)));
        controller.close();
      },
    });
    const answer = await fetch(`${url}/api/v1/login`, { method: "POST", body: chunks, duplex: "half" }).then(({ status }) => status, () => "cut");
    expect([413, "cut"]).toContain(answer);
  });
});
