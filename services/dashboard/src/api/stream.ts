/** A connection to the event stream that keeps itself alive and says honestly how it is doing. */
import { forgetIfRefused } from "./client";
import { type ServerMessage, SseParser } from "./sse";

export type StreamState = "connecting" | "live" | "reconnecting" | "offline";

export interface StreamHandlers {
  onMessage(message: ServerMessage): void;
  onState(state: StreamState): void;
  /** Called when the stream flows again after a break, so that the gap can be filled. */
  onResumed(): void;
}

const STREAM_PATH = "/api/v1/events/stream";
/** The server sends a heartbeat every 15 s; three missed ones mean the line is dead. */
const SILENCE_MS_MAX = 45_000;
const BACKOFF_MS_FIRST = 1_000;
const BACKOFF_MS_MAX = 30_000;

/** Wait before attempt `attempt` (0 is the first retry): doubled each time, spread so that clients do not march in step. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_FIRST * 2 ** attempt);
  return Math.round(ceiling * (0.5 + random / 2));
}

/** Opens the stream; the answer closes it. */
export function openStream(handlers: StreamHandlers): () => void {
  const closing = new AbortController();
  void keepConnected(handlers, closing.signal);
  return () => closing.abort();
}

async function keepConnected(handlers: StreamHandlers, closed: AbortSignal): Promise<void> {
  let attempt = 0;
  let flowed = false;
  handlers.onState("connecting");
  while (!closed.aborted) {
    const ended = await readOnce(closed, handlers.onMessage, () => {
      attempt = 0;
      handlers.onState("live");
      if (flowed) handlers.onResumed();
      flowed = true;
    });
    if (closed.aborted || ended === "refused") return;
    handlers.onState(navigator.onLine ? "reconnecting" : "offline");
    await pause(backoffMs(attempt, Math.random()), closed);
    attempt += 1;
  }
}

/** Reads one connection to its end. Every way of ending but a refused session is worth another try. */
async function readOnce(
  closed: AbortSignal,
  onMessage: (message: ServerMessage) => void,
  onOpen: () => void,
): Promise<"ended" | "refused"> {
  const attempt = new AbortController();
  const abort = () => attempt.abort();
  closed.addEventListener("abort", abort);
  window.addEventListener("offline", abort);
  let watchdog = setTimeout(abort, SILENCE_MS_MAX);
  try {
    const headers = { Accept: "text/event-stream" };
    const response = await fetch(STREAM_PATH, { headers, signal: attempt.signal, cache: "no-store" });
    forgetIfRefused(response);
    if (response.status === 401) return "refused";
    if (!response.ok || response.body === null) return "ended";
    onOpen();
    const parser = new SseParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return "ended";
      clearTimeout(watchdog);
      watchdog = setTimeout(abort, SILENCE_MS_MAX);
      for (const message of parser.push(value)) onMessage(message);
    }
  } catch {
    return "ended";
  } finally {
    clearTimeout(watchdog);
    attempt.abort();
    closed.removeEventListener("abort", abort);
    window.removeEventListener("offline", abort);
  }
}

/** Waits, but not past the moment the network comes back or the reader leaves. */
function pause(milliseconds: number, closed: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      window.removeEventListener("online", finish);
      closed.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    window.addEventListener("online", finish);
    closed.addEventListener("abort", finish);
  });
}
