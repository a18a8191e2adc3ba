/** Finds out, after a page load, whether the browser holds a session. */
import { answer, api } from "../api/client";
import { ApiError } from "../api/problem";
import { noSession, session, stageOf, startSession } from "./session";

let asking: Promise<void> | null = null;

/** Asks the server once; later calls wait for the same answer. */
export function restoreSession(): Promise<void> {
  if (session.get() !== null) return Promise.resolve();
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask(): Promise<void> {
  try {
    const me = await answer(api.GET("/api/v1/me"));
    startSession({ stage: stageOf(me.stage), csrfToken: me.csrf_token ?? "" });
  } catch (error) {
    if (error instanceof ApiError && error.kind === "unauthorized") return noSession();
    // The server cannot say now. The page then shows what failed, which a login could not cure.
    startSession({ stage: "open", csrfToken: "" });
  }
}
