/** Joins the newest events, the stream and the reader's position into one live list. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { ServerMessage } from "../../api/sse";
import { openStream, type StreamState } from "../../api/stream";
import type { Event } from "../../api/types";
import { LiveFeed } from "./feed";
import { newestEventsQuery } from "./queries";
import { type EventFilter, matchesFilter } from "./search";

/** Faster than this the eye sees flicker, not events. */
const PAINT_MS = 250;

export type StreamNews = { kind: "event"; event: Event } | { kind: "skipped"; events: number } | null;

/** What a message of the stream means; anything unexpected means nothing. */
export function readMessage(message: ServerMessage): StreamNews {
  try {
    const data: unknown = JSON.parse(message.data);
    if (typeof data !== "object" || data === null) return null;
    if (message.event === "scored" && "event_id" in data) return { kind: "event", event: data as Event };
    if (message.event === "skipped" && "events" in data) return { kind: "skipped", events: Number(data.events) || 0 };
  } catch {
    // Half a message or a proxy's page; the next catch-up brings what it was.
  }
  return null;
}

export function useLiveFeed(filter: EventFilter, held: boolean) {
  const filterKey = JSON.stringify(filter);
  const feed = useMemo(() => ({ key: filterKey, live: new LiveFeed() }), [filterKey]).live;
  const newest = useQuery(newestEventsQuery(filter));
  const [stream, setStream] = useState<StreamState>("connecting");
  const queryClient = useQueryClient();

  useEffect(() => {
    if (newest.data) feed.load(newest.data.items);
  }, [feed, newest.data]);
  useEffect(() => feed.hold(held), [feed, held]);

  useEffect(() => {
    const wanted = JSON.parse(filterKey) as EventFilter;
    let arrived: Event[] = [];
    const paint = setInterval(() => {
      feed.arrive(arrived);
      arrived = [];
    }, PAINT_MS);
    const close = openStream({
      onState: setStream,
      onResumed: () => void queryClient.invalidateQueries({ queryKey: newestEventsQuery(wanted).queryKey }),
      onMessage: (message) => {
        const news = readMessage(message);
        if (news?.kind === "event" && matchesFilter(news.event, wanted)) arrived.push(news.event);
        if (news?.kind === "skipped") feed.skip(news.events);
      },
    });
    return () => {
      close();
      clearInterval(paint);
    };
  }, [feed, filterKey, queryClient]);

  return { view: useSyncExternalStore(feed.subscribe, feed.get), feed, newest, stream };
}
