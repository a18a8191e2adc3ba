/** Events of a session as a story: what changed with each, and how long it was quiet before. */
import type { Event } from "../../api/types";

export type StoryChange = "address" | "device" | "country";

export interface Step {
  event: Event;
  /** Seconds since the step before. */
  after: number | null;
  changes: readonly StoryChange[];
}

/** Events in the order in which they happened. What is not known changes nothing. */
export function storyOf(events: readonly Event[]): Step[] {
  return events.map((event, index) => {
    const before = events[index - 1];
    if (!before) return { event, after: null, changes: [] };
    const after = Math.round((Date.parse(event.event_time) - Date.parse(before.event_time)) / 1000);
    return { event, after, changes: changesBetween(before, event) };
  });
}

function changesBetween(before: Event, event: Event): StoryChange[] {
  const changes: StoryChange[] = [];
  if (before.ip !== event.ip) changes.push("address");
  if (before.country && event.country && before.country !== event.country) changes.push("country");
  if (before.device && event.device && before.device.device_id !== event.device.device_id) changes.push("device");
  return changes;
}
