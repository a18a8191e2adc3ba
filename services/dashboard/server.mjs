// Serves the built dashboard and hands /api to the query service, so that both are one origin.
// Only Node's own modules. For a public site put nginx with TLS in front; see deploy/.
import { readdirSync, readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { SECURITY_HEADERS } from "./headers.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml", ".woff2": "font/woff2", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
};
/** Headers that belong to one connection and must not be handed on. */
const HOP_BY_HOP = new Set(
  "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(" "),
);
const HEADER_BYTES_MAX = 16 * 1024;
const BODY_BYTES_MAX = 1024 * 1024;
/** How long a client may take to send a request. Answers may last: the event stream never ends. */
const REQUEST_MS_MAX = 30_000;
const UPSTREAM_FIRST_BYTE_MS_MAX = 30_000;
const CONNECTIONS_MAX = 512;

/** Reads the build once. Requests are looked up by exact name, so no path can lead out of it. */
export function readFiles(dist, folder = "", files = new Map()) {
  for (const entry of readdirSync(path.join(dist, folder), { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) readFiles(dist, name, files);
    else if (entry.isFile()) files.set(name, readFileOf(path.join(dist, name), name));
  }
  return files;
}

function readFileOf(file, name) {
  const body = readFileSync(file);
  const type = TYPES[path.extname(name)] ?? "application/octet-stream";
  const gzip = /^(text|image\/svg|application\/json)/.test(type) ? gzipSync(body, { level: 9 }) : null;
  return { body, gzip, type, cache: name.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache" };
}

function send(response, status, headers, body = "") {
  response.writeHead(status, { ...SECURITY_HEADERS, "Content-Length": Buffer.byteLength(body), ...headers });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

function sendProblem(response, status, title, code, detail) {
  if (response.writableEnded) return;
  if (response.headersSent) return response.destroy();
  const body = JSON.stringify({ type: "about:blank", title, status, detail, code });
  send(response, status, { "Content-Type": "application/problem+json", "Cache-Control": "no-store", Connection: "close" }, body);
}

/** The address asked for, without dot segments; null when it cannot be understood. */
function addressOf(url) {
  try {
    const { pathname, search } = new URL(url, "http://dashboard.invalid");
    return { pathname: decodeURIComponent(pathname), forwarded: pathname + search };
  } catch {
    return null;
  }
}

function serveFile(files, request, response, pathname) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return sendProblem(response, 405, "Method Not Allowed", "method_not_allowed", "only GET and HEAD are served here");
  }
  // A page of the app has no file of its own; a missing asset is missing, not a page.
  const file = files.get(pathname) ?? (pathname.startsWith("/assets/") ? undefined : files.get("/index.html"));
  if (!file) return sendProblem(response, 404, "Not Found", "not_found", "no such file");
  const zipped = file.gzip !== null && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  const headers = { "Content-Type": file.type, "Cache-Control": file.cache, Vary: "Accept-Encoding" };
  if (zipped) headers["Content-Encoding"] = "gzip";
  send(response, 200, headers, zipped ? file.gzip : file.body);
}

function forwardedHeaders(headers, extra) {
  const named = new Set(String(headers.connection ?? "").toLowerCase().split(/\s*,\s*/));
  const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.has(name));
  return { ...Object.fromEntries(kept), ...extra };
}

/** For whom we ask. What a proxy on this machine was told is kept in front; what others claim is dropped. */
export function forwardedFor(peer, claimed) {
  const isHere = /^(::ffff:)?127\.|^::1$/.test(peer);
  return isHere && claimed ? `${claimed}, ${peer}` : peer;
}

/** Streams a request up and its answer down; when either side goes, the other is let go too. */
function proxy(target, forwarded, request, response) {
  if (Number(request.headers["content-length"] ?? 0) > BODY_BYTES_MAX) {
    return sendProblem(response, 413, "Content Too Large", "body_too_large", `the limit is ${BODY_BYTES_MAX} bytes`);
  }
  const away = () => sendProblem(response, 502, "Bad Gateway", "query_away", "the query service cannot be reached");
  const headers = forwardedHeaders(request.headers, { host: target.host, "x-forwarded-for": forwardedFor(request.socket.remoteAddress ?? "", request.headers["x-forwarded-for"]) });
  const open = target.protocol === "https:" ? https.request : http.request;
  const upstream = open({
    // No reuse: a connection the service has just closed would turn into a false 502.
    agent: false,
    headers, method: request.method, path: forwarded, maxHeaderSize: HEADER_BYTES_MAX,
    protocol: target.protocol, hostname: target.hostname.replace(/^\[|\]$/g, ""), port: target.port,
  });
  const firstByte = setTimeout(() => {
    sendProblem(response, 504, "Gateway Timeout", "query_slow", "the query service did not answer in time");
    upstream.destroy();
  }, UPSTREAM_FIRST_BYTE_MS_MAX);

  upstream.on("response", (answer) => {
    clearTimeout(firstByte);
    response.writeHead(answer.statusCode, { ...forwardedHeaders(answer.headers), ...SECURITY_HEADERS });
    response.flushHeaders();
    answer.pipe(response);
    answer.on("error", () => response.destroy());
    answer.on("aborted", () => response.destroy());
  });
  upstream.on("error", () => {
    clearTimeout(firstByte);
    if (!response.destroyed) away();
  });
  response.on("close", () => {
    clearTimeout(firstByte);
    upstream.destroy();
  });

  let received = 0;
  request.on("data", (chunk) => {
    received += chunk.length;
    if (received <= BODY_BYTES_MAX) return;
    sendProblem(response, 413, "Content Too Large", "body_too_large", `the limit is ${BODY_BYTES_MAX} bytes`);
    upstream.destroy();
  });
  request.pipe(upstream);
}

export function createDashboard({ dist, queryUrl }) {
  const files = readFiles(dist);
  if (!files.has("/index.html")) throw new Error(`no index.html in ${dist}: run \`npm run build\` first`);
  const target = new URL(queryUrl);
  const limits = { maxHeaderSize: HEADER_BYTES_MAX, headersTimeout: 10_000, requestTimeout: REQUEST_MS_MAX };
  const server = http.createServer(limits, (request, response) => {
    const address = addressOf(request.url ?? "/");
    if (address === null) return sendProblem(response, 400, "Bad Request", "bad_url", "the URL cannot be decoded");
    const { pathname, forwarded } = address;
    if (pathname === "/healthz") return send(response, 200, { "Content-Type": "text/plain", "Cache-Control": "no-store" }, "ok\n");
    if (pathname.startsWith("/api/")) return proxy(target, forwarded, request, response);
    return serveFile(files, request, response, pathname);
  });
  server.maxConnections = CONNECTIONS_MAX;
  return server;
}

function main() {
  const { DASHBOARD_HOST: host = "127.0.0.1", DASHBOARD_PORT: port = "8080", QUERY_URL: queryUrl } = process.env;
  if (!queryUrl) {
    console.error("QUERY_URL is not set: give the address of the query service, for example http://127.0.0.1:8082");
    process.exit(64);
  }
  const dist = fileURLToPath(new URL("./dist", import.meta.url));
  const server = createDashboard({ dist, queryUrl });
  server.on("error", (error) => {
    console.error(`cannot listen on ${host}:${port}: ${error.message}`);
    process.exit(1);
  });
  server.listen(Number(port), host, () => {
    const name = host.includes(":") ? `[${host}]` : host;
    console.log(JSON.stringify({ message: "dashboard listens", url: `http://${name}:${server.address().port}` }));
  });
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.on(signal, () => {
      server.close(() => process.exit(0));
      // Event streams never end by themselves.
      server.closeAllConnections();
    });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main();
