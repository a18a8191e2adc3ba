/** What the URL of Activity says. */
import type { EventFilter } from "../../api/queries";
import { choiceParam, textParam, timeParam } from "../../lib/search";

export const RANGES = ["1", "24", "168", "720"] as const;
export type Range = (typeof RANGES)[number];
export const DEFAULT_RANGE: Range = "24";

export interface ActivitySearch {
  hours?: Range;
  type?: string;
  ip?: string;
  from?: string;
  to?: string;
  sheet?: "ledger";
  event?: string;
}

export function activitySearch(search: Record<string, unknown>): ActivitySearch {
  const from = timeParam(search["from"]);
  const to = timeParam(search["to"]);
  const span = from !== undefined && to !== undefined ? { from, to } : {};
  return {
    hours: choiceParam(search["hours"], RANGES),
    type: textParam(search["type"]),
    ip: textParam(search["ip"]),
    ...span,
    sheet: choiceParam(search["sheet"], ["ledger"]),
    event: textParam(search["event"]),
  };
}

export function eventFilter(search: ActivitySearch): EventFilter {
  return { event_type: search.type, ip: search.ip, from: search.from, to: search.to };
}

export function isFiltered(search: ActivitySearch): boolean {
  return Boolean(search.type ?? search.ip ?? search.from);
}

/** Whether an event of the stream belongs to what is shown; the stream itself knows no filters. */
export function matchesFilter(event: { event_type: string; ip: string }, filter: EventFilter): boolean {
  return (
    (filter.event_type === undefined || filter.event_type === event.event_type) &&
    (filter.ip === undefined || filter.ip === event.ip)
  );
}
