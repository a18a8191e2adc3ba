/** What Activity asks for. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged, pathOfList } from "../../api/paging";
import type { Event } from "../../api/types";
import type { EventFilter } from "./search";

export const LIVE_ROWS_FIRST = 200;
/** With narrow filters a page may hold little; the list then looks a bit further by itself. */
const PAGES_MAX = 5;

interface Newest {
  items: Event[];
  /** Whether older events may match too. */
  more: boolean;
}

/** The newest events; the live stream continues from here. */
export const newestEventsQuery = (filter: EventFilter) =>
  queryOptions({
    queryKey: ["events-newest", filter],
    queryFn: ({ signal }) => readNewest(filter, signal),
    staleTime: 0,
  });

async function readNewest(filter: EventFilter, signal: AbortSignal): Promise<Newest> {
  const items: Event[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const query = { ...filter, limit: LIVE_ROWS_FIRST, cursor };
    // Each page begins where the one before ended.
    // oxlint-disable-next-line no-await-in-loop
    const page = await answer(api.GET("/api/v1/events", { signal, params: { query } }));
    items.push(...page.items);
    cursor = page.next_cursor ?? undefined;
    if (cursor === undefined || items.length >= LIVE_ROWS_FIRST) break;
  }
  return { items, more: cursor !== undefined };
}

export const pastEventsQuery = (filter: EventFilter) =>
  paged(["events-past", filter], (place, signal) => answer(api.GET("/api/v1/events", { signal, params: { query: { ...filter, ...place } } })));

export const eventsPath = (filter: EventFilter): string => pathOfList("/api/v1/events", { ...filter });
