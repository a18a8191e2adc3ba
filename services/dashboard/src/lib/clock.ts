/** The shared clock of the views: one timer for all relative times, and the zone absolute ones are shown in. */
import { useSyncExternalStore } from "react";
import { createStore } from "./store";

const TICK_MS = 5_000;
const now = createStore(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  const leave = now.subscribe(listener);
  watchers += 1;
  if (watchers === 1) {
    now.set(Date.now());
    timer = setInterval(() => now.set(Date.now()), TICK_MS);
  }
  return () => {
    leave();
    watchers -= 1;
    if (watchers === 0) clearInterval(timer);
  };
}

export const useNow = (): number => useSyncExternalStore(subscribe, now.get);

/** The zone of the tenant; set once `GET /me` has answered. */
export const zone = createStore("UTC");
