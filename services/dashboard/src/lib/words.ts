/** Failures in words, for forms and notices. */
import { ApiError } from "../api/problem";
import { strings } from "../strings";

/** What the server said, or what happened to the call. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof ApiError)) return strings.errors.away.what;
  const { what, next } = strings.errors[error.kind];
  return error.detail !== null && ["bad-request", "conflict", "not-found"].includes(error.kind) ? error.detail : `${what} ${next}`;
}
