/** Events of one session side by side, in the place of its newest one. */
import type { Event } from "../../api/types";

export function groupBySession(rows: readonly Event[]): Event[] {
  const sessions = new Map<string, Event[]>();
  for (const event of rows) {
    const key = JSON.stringify([event.user_id, event.session_id]);
    const known = sessions.get(key);
    if (known) known.push(event);
    else sessions.set(key, [event]);
  }
  return [...sessions.values()].flat();
}
