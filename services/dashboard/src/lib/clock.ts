/** The shared clock of the views: one timer for all relative times, and the zone absolute ones are shown in. */
import { useSyncExternalStore } from "react";
import { createKept } from "./kept";
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

const MINUTE_MS = 60_000;

/** The minute that has begun: what asks the server by it asks anew once a minute. */
export const useMinute = (): number => Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;

/** The zone that times are shown in; `useShownZone` keeps it right. */
export const zone = createStore("UTC");

export const ZONE_CHOICES = ["tenant", "local", "utc"] as const;
export type ZoneChoice = (typeof ZONE_CHOICES)[number];
export const zoneChoice = createKept<ZoneChoice>("zone", "tenant", (kept) => ZONE_CHOICES.find((choice) => choice === kept));

export const TIME_STYLES = ["relative", "absolute"] as const;
export type TimeStyle = (typeof TIME_STYLES)[number];
/** How lists write times; the other form is in the title. */
export const timeStyle = createKept<TimeStyle>("times", "relative", (kept) => TIME_STYLES.find((style) => style === kept));

export function zoneOf(choice: ZoneChoice, tenantZone: string): string {
  if (choice === "utc") return "UTC";
  return choice === "local" ? new Intl.DateTimeFormat().resolvedOptions().timeZone : tenantZone;
}
