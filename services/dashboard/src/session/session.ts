/** Who is signed in. The secret is in a cookie that no script can read; here is only what writes must show. */
import { createStore } from "../lib/store";

/** `totp`: a code is missing; `enrol`: the tenant wants a second factor to be set up. */
export type Stage = "open" | "totp" | "enrol";

export interface Session {
  stage: Stage;
  /** Sent with every write: it shows that this page, and no other site, made the request. */
  csrfToken: string;
}

/** Tells, after a reload, a session that has ended from one that never was. Holds no secret. */
const HINT = "innerwall.signed-in";

export const session = createStore<Session | null>(null);

/** Whether the server ended the session, as opposed to the reader; the login then says so. */
export const refused = createStore(false);

export function startSession(next: Session): void {
  sessionStorage.setItem(HINT, "yes");
  refused.set(false);
  session.set(next);
}

export function endSession(byServer = false): void {
  sessionStorage.removeItem(HINT);
  refused.set(byServer);
  session.set(null);
}

/** The server knows of no session. If there was one in this tab, it has ended under the reader. */
export function noSession(): void {
  if (sessionStorage.getItem(HINT) !== null) endSession(true);
}

export function stageOf(text: string | null | undefined): Stage {
  return text === "totp" || text === "enrol" ? text : "open";
}

/** Only a path of this site may follow a login; anything else would be an open redirect. */
export function safeNext(next: string | undefined): string {
  const fallback = "/";
  if (next === undefined || !next.startsWith("/") || /^\/[/\\]/.test(next) || /[\p{Cc}]/u.test(next)) return fallback;
  return next.startsWith("/login") ? fallback : next;
}
