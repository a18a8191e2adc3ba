/** Between moments and what a date field shows of them in a zone ("2026-03-01T14:30"). */

function offsetMs(time: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(time);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(time / 1000) * 1000;
}

export function toZoned(iso: string, zone: string): string {
  const time = Date.parse(iso);
  return new Date(time + offsetMs(time, zone)).toISOString().slice(0, 16);
}

/** Null when the text is no date. */
export function fromZoned(text: string, zone: string): string | null {
  const shown = Date.parse(`${text}Z`);
  if (Number.isNaN(shown)) return null;
  // Twice: near a change of the clocks the first guess may use the offset of the other side.
  const guess = shown - offsetMs(shown, zone);
  return new Date(shown - offsetMs(guess, zone)).toISOString();
}
