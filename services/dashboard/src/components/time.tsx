import { useNow, zone } from "../lib/clock";
import { useStore } from "../lib/store";
import { absoluteTime, relativeTime } from "../lib/time";

/** "3 min ago", with the exact time in the title. */
export function TimeAgo({ iso }: { iso: string }) {
  const shownZone = useStore(zone);
  return (
    <time dateTime={iso} title={absoluteTime(iso, shownZone)}>
      {relativeTime(iso, useNow(), shownZone)}
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
