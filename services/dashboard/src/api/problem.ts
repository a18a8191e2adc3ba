/** What went wrong, in a form the views can explain. The API speaks RFC 9457 problem details. */

export type FailureKind = "offline" | "timeout" | "unauthorized" | "forbidden" | "not-found" | "conflict" | "bad-request" | "limited" | "away";

export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly kind: FailureKind,
    readonly detail: string | null = null,
    readonly status: number | null = null,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail ?? kind);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function kindOf(status: number): FailureKind {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 409 || status === 412) return "conflict";
  if (status === 404) return "not-found";
  if (status === 429) return "limited";
  if (status === 504) return "timeout";
  return status < 500 ? "bad-request" : "away";
}

/** Turns a refused answer into an error; `body` is whatever could be parsed of it. */
export function problemOf(response: Response, body: unknown): ApiError {
  const text = isRecord(body) ? (body["detail"] ?? body["title"]) : null;
  const retryAfter = Number(response.headers.get("retry-after"));
  return new ApiError(
    kindOf(response.status),
    typeof text === "string" && text !== "" ? text : null,
    response.status,
    retryAfter > 0 ? retryAfter : null,
  );
}

/** Turns what `fetch` throws into an error. A cancelled request is passed on untouched. */
export function failureOf(cause: unknown): unknown {
  if (cause instanceof ApiError) return cause;
  if (cause instanceof DOMException && cause.name === "AbortError") return cause;
  if (cause instanceof DOMException && cause.name === "TimeoutError") return new ApiError("timeout");
  return new ApiError("offline");
}

export function isRetryable(error: unknown): boolean {
  return !(error instanceof ApiError) || ["offline", "timeout", "away"].includes(error.kind);
}
