/** Times in words. Relative ones say how long ago, absolute ones name the zone they are in. */
import { strings } from "../strings";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Clocks of producers run a little ahead; that much is still "now". */
const FUTURE_MS_TOLERATED = 5 * SECOND;

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = makeFormatter(zone, options);
  formatters.set(key, made);
  return made;
}
const formatters = new Map<string, Intl.DateTimeFormat>();

function makeFormatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  }
}

/** "22 Nov 2026, 14:03:12 UTC" */
export function absoluteTime(iso: string, zone: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  return formatter(zone, {
    day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short",
  }).format(time);
}

/** "22 Nov, 14:03:12": an exact time where room is small. */
export function shortTime(iso: string, zone: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  return formatter(zone, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(time);
}

/** "14:03:12": a moment of a day that is named elsewhere. */
export function clockTime(iso: string, zone: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : formatter(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(time);
}

/** "14:03" for the axis of a chart within a day, "22 Nov" beyond. */
export function axisTime(time: number, zone: string, spanMs: number): string {
  const options: Intl.DateTimeFormatOptions =
    spanMs <= 2 * DAY ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" };
  return formatter(zone, options).format(time);
}

/** "22 Nov, 14:00 – 15:00": one bucket of a chart. */
export function bucketTime(time: number, bucketMs: number, zone: string): string {
  const day = formatter(zone, { day: "numeric", month: "short" });
  const clock = formatter(zone, { hour: "2-digit", minute: "2-digit" });
  if (bucketMs >= DAY) return day.format(time);
  return strings.time.span(day.format(time), clock.format(time), clock.format(time + bucketMs));
}

/** "22 Nov, 14:00 – 23 Nov, 09:00": a chosen range, on a button. */
export function shortSpan(from: string, to: string, zone: string): string {
  const moment = formatter(zone, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  return `${moment.format(Date.parse(from))} – ${moment.format(Date.parse(to))}`;
}

export function relativeTime(iso: string, now: number, zone: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  const age = now - time;
  if (age < -FUTURE_MS_TOLERATED) return absoluteTime(iso, zone);
  if (age < 2 * SECOND) return strings.time.now;
  if (age < MINUTE) return strings.time.secondsAgo(Math.floor(age / SECOND));
  if (age < HOUR) return strings.time.minutesAgo(Math.floor(age / MINUTE));
  if (age < DAY) return strings.time.hoursAgo(Math.floor(age / HOUR));
  if (age < 30 * DAY) return strings.time.daysAgo(Math.floor(age / DAY));
  return formatter(zone, { day: "numeric", month: "short", year: "numeric" }).format(time);
}

/** "about 400 ms", "12 s": the wait between two moments. */
export function delayBetween(fromIso: string, toIso: string): string | null {
  const delay = Date.parse(toIso) - Date.parse(fromIso);
  if (Number.isNaN(delay) || delay < 0) return null;
  if (delay < SECOND) return strings.time.milliseconds(delay);
  if (delay < MINUTE) return strings.time.seconds(Math.round(delay / SECOND));
  if (delay < HOUR) return strings.time.minutes(Math.round(delay / MINUTE));
  return strings.time.hours(Math.round(delay / HOUR));
}
