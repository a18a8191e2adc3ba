import { TimeAgo } from "../../components/time";
import { useNow, zone } from "../../lib/clock";
import { useStore } from "../../lib/store";
import { absoluteTime } from "../../lib/time";
import { settings as text } from "../../strings/settings";

const DAY_MS = 86_400_000;

/** How far an end is, in whole days; when it was, once it has passed. */
export function Ends({ iso }: { iso: string }) {
  const now = useNow();
  const shownZone = useStore(zone);
  const left = Date.parse(iso) - now;
  if (left <= 0) return <TimeAgo iso={iso} />;
  return <time dateTime={iso} title={absoluteTime(iso, shownZone)}>{text.inDays(Math.round(left / DAY_MS))}</time>;
}
