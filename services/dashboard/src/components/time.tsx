import { timeStyle, useNow, zone } from "../lib/clock";
import { useStore } from "../lib/store";
import { absoluteTime, relativeTime, shortTime } from "../lib/time";

/** "3 min ago", with the exact time in the title; the other way round for readers who prefer exact times. */
export function TimeAgo({ iso }: { iso: string }) {
  const shownZone = useStore(zone);
  const now = useNow();
  const exact = useStore(timeStyle) === "absolute";
  const ago = relativeTime(iso, now, shownZone);
  return (
    <time dateTime={iso} title={exact ? ago : absoluteTime(iso, shownZone)}>
      {exact ? shortTime(iso, shownZone) : ago}
    </time>
  );
}

/** "22 Nov 2026, 14:03:12 UTC", with the age in the title. */
export function TimeExact({ iso }: { iso: string }) {
  const shownZone = useStore(zone);
  return (
    <time dateTime={iso} title={relativeTime(iso, useNow(), shownZone)}>
      {absoluteTime(iso, shownZone)}
    </time>
  );
}
