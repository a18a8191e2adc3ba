/** The one door to the API: shows the CSRF token with writes, bounds the wait, and turns every failure into an `ApiError`. */
import createClient from "openapi-fetch";
import { endSession, session } from "../session/session";
import { failureOf, problemOf } from "./problem";
import type { paths } from "./schema";

/** Longer than the slowest honest answer; after it, waiting tells the reader nothing. */
const TIMEOUT_MS = 20_000;

/** A refused session is over; the router then shows the login and keeps the URL. */
export function forgetIfRefused(response: Response): void {
  if (response.status === 401 && session.get() !== null) endSession(true);
}

async function boundedFetch(request: Request): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    const response = await fetch(new Request(request, { signal, headers: withCsrf(request) }));
    forgetIfRefused(response);
    return response;
  } catch (cause) {
    throw failureOf(cause);
  }
}

function withCsrf(request: Request): Headers {
  const complete = new Headers(request.headers);
  if (request.method !== "GET") complete.set("X-Innerwall-CSRF", session.get()?.csrfToken ?? "");
  return complete;
}

export const api = createClient<paths, "application/json">({ baseUrl: location.origin, fetch: boundedFetch });

interface Outcome<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Unwraps an answer, or throws the problem that came instead. */
export async function answer<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  let outcome: Outcome<Data>;
  try {
    outcome = await call;
  } catch (cause) {
    throw failureOf(cause);
  }
  if (outcome.response.ok && outcome.data !== undefined) return outcome.data;
  throw problemOf(outcome.response, outcome.error);
}

/** Waits for what answers without content, or throws the problem that came instead. */
export async function finished(call: Promise<{ error?: unknown; response: Response }>): Promise<void> {
  let outcome;
  try {
    outcome = await call;
  } catch (cause) {
    throw failureOf(cause);
  }
  if (!outcome.response.ok) throw problemOf(outcome.response, outcome.error);
}
