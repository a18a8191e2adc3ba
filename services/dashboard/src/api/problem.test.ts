import { describe, expect, it } from "vitest";
import { ApiError, failureOf, isRetryable, problemOf } from "./problem";

const answer = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers });

describe("problemOf", () => {
  it.each([
    [400, "bad-request"], [401, "unauthorized"], [404, "not-found"], [429, "limited"], [500, "away"], [502, "away"], [503, "away"], [504, "timeout"],
  ])("names status %i %s", (status, kind) => {
    expect(problemOf(answer(status), undefined).kind).toBe(kind);
  });

  it("keeps the detail of a problem and survives a body that is none", () => {
    expect(problemOf(answer(400), { title: "Bad", detail: "band must be low, medium or high" }).detail).toBe("band must be low, medium or high");
    expect(problemOf(answer(502), "<html>nginx</html>").detail).toBeNull();
    expect(problemOf(answer(500), { detail: 7 }).detail).toBeNull();
  });

  it("reads how long to wait", () => {
    expect(problemOf(answer(429, { "retry-after": "30" }), null).retryAfterSeconds).toBe(30);
    expect(problemOf(answer(429, { "retry-after": "soon" }), null).retryAfterSeconds).toBeNull();
  });
});

describe("failureOf", () => {
  it("tells a lost network, a timeout and a cancelled request apart", () => {
    expect(failureOf(new TypeError("fetch failed"))).toMatchObject({ kind: "offline" });
    expect(failureOf(new DOMException("", "TimeoutError"))).toMatchObject({ kind: "timeout" });
    expect(failureOf(new DOMException("", "AbortError"))).toBeInstanceOf(DOMException);
  });
});

describe("isRetryable", () => {
  it("retries what may pass by itself and nothing else", () => {
    expect(["offline", "timeout", "away"].every((kind) => isRetryable(new ApiError(kind as "away")))).toBe(true);
    expect(["unauthorized", "not-found", "bad-request", "limited"].some((kind) => isRetryable(new ApiError(kind as "limited")))).toBe(false);
  });
});
