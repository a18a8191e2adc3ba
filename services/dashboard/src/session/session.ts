/** Who is signed in. Lives in sessionStorage: it ends with the tab, and no cookie can be ridden on. */
import { createStore } from "../lib/store";

export interface Session {
  token: string;
  expiresAt: string;
}

const KEY = "innerwall.session";

function isSession(value: unknown): value is Session {
  return (
    typeof value === "object" &&
    value !== null &&
    "token" in value &&
    typeof value.token === "string" &&
    "expiresAt" in value &&
    typeof value.expiresAt === "string"
  );
}

function restore(): Session | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return isSession(stored) && Date.parse(stored.expiresAt) > Date.now() ? stored : null;
  } catch {
    return null;
  }
}

export const session = createStore<Session | null>(typeof sessionStorage === "undefined" ? null : restore());

/** Whether the server ended the session, as opposed to the reader; the login then says so. */
export const refused = createStore(false);

export function startSession(next: Session): void {
  sessionStorage.setItem(KEY, JSON.stringify(next));
  refused.set(false);
  session.set(next);
}

export function endSession(byServer = false): void {
  sessionStorage.removeItem(KEY);
  refused.set(byServer);
  session.set(null);
}

/** Only a path of this site may follow a login; anything else would be an open redirect. */
export function safeNext(next: string | undefined): string {
  const fallback = "/activity";
  if (next === undefined || !next.startsWith("/") || /^\/[/\\]/.test(next) || /[\p{Cc}]/u.test(next)) return fallback;
  return next.startsWith("/login") ? fallback : next;
}
