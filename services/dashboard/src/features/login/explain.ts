import { ApiError } from "../../api/problem";
import { strings } from "../../strings";

/** What to tell somebody whose attempt to sign in, or to change how they do, failed. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return strings.login.away;
  if (error.kind === "unauthorized") return strings.login.wrong;
  if (error.kind === "bad-request" || error.kind === "not-found") return error.detail ?? strings.login.wrong;
  if (error.kind === "limited") return strings.login.limited(error.retryAfterSeconds);
  return error.kind === "offline" ? strings.login.offline : strings.login.away;
}
