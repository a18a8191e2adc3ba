// A tour of the client. Set INNERWALL_INGEST_URL, INNERWALL_API_KEY, INNERWALL_QUERY_URL and
// INNERWALL_API_TOKEN (`. .dev/env` after `make up`), then: npm ci && npm run build && npm start

import { Problem, Producer, Reader, type Event, type User } from "./innerwall.js";

declare const process: { env: Record<string, string | undefined>; argv: string[] };

const SHOP = process.argv[2] ?? "example";
const IP = "203.0.113.7";

async function main(): Promise<void> {
  const producer = new Producer(setting("INNERWALL_INGEST_URL"), setting("INNERWALL_API_KEY"));
  const reader = new Reader(setting("INNERWALL_QUERY_URL"), setting("INNERWALL_API_TOKEN"));
  await sendOne(producer);
  await sendMany(producer);
  await readOne(reader);
  await readMany(reader);
  await decide(producer);
  await exportAll(reader);
  await handleProblems(reader);
}

async function sendOne(producer: Producer): Promise<void> {
  const event = { event_id: `${SHOP}-order-1`, event_type: "purchase", user_id: `${SHOP}-alice`, ip: IP };
  const eventId = await producer.send(event);
  // An answer may be lost on its way. The same id has one effect, however often it is sent.
  await producer.send(event);
  console.log(`sent ${eventId}, twice`);
}

async function sendMany(producer: Producer): Promise<void> {
  const failure: Event = { event_type: "account_login_fail", user_id: `${SHOP}-mallory`, ip: IP };
  const faulty: Event = { user_id: `${SHOP}-bob`, ip: "not an address" };
  const failures = Array.from({ length: 10 }, () => failure);
  const refused = await producer.sendBatch([...failures, { user_id: `${SHOP}-bob`, ip: IP }, faulty]);
  console.log(`sent 12 events, refused: ['${refused.map((result) => result.field).join("', '")}']`);
}

async function readOne(reader: Reader): Promise<void> {
  const user = await untilScored(reader, `${SHOP}-mallory`, 10);
  console.log(`${user.user_id} is at ${user.trust_score} of 99:`);
  for (const hit of user.hits.slice(0, 3)) console.log(`  ${hit.rule_id} ${hit.reason}`);
}

async function readMany(reader: Reader): Promise<void> {
  for (const userId of ["alice", "bob"]) await untilScored(reader, `${SHOP}-${userId}`, 1);
  const names: string[] = [];
  for await (const user of reader.users({ q: `${SHOP}-`, limit: 2 })) names.push(user.user_id);
  console.log(`users: ${names.sort().join(", ")}`);
}

async function decide(producer: Producer): Promise<void> {
  const event = { event_id: `${SHOP}-login-1`, event_type: "account_login", user_id: `${SHOP}-carol`, ip: IP };
  const decision = await producer.decide(event, 2000);
  console.log(`${SHOP}-login-1: ${decision?.verdict ?? "not in time"}`);
}

async function exportAll(reader: Reader): Promise<void> {
  const names: string[] = [];
  for await (const user of reader.export<User>("/users", { q: `${SHOP}-` })) names.push(user.user_id);
  console.log(`exported: ${names.sort().join(", ")}`);
}

async function handleProblems(reader: Reader): Promise<void> {
  try {
    await reader.user(`${SHOP}-nobody`);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "not_found") throw error;
    console.log("nobody is not known");
  }
  try {
    await reader.get("/users", { limit: 0 });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.log(`${error.code}: ${error.field}`);
  }
}

/** Scores are visible within two seconds of the answer to the producer. */
async function untilScored(reader: Reader, userId: string, events: number): Promise<User> {
  for (let look = 0; look < 100; look++) {
    try {
      const user = await reader.user(userId);
      if (user.event_count >= events) return user;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "not_found") throw error;
    }
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`${userId} is not scored`);
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`set ${name}`);
  return value;
}

await main();
