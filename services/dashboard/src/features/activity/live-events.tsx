/** The list that lives: says how the connection is, holds still when the reader needs it to. */
import { useEffect, useMemo, useRef, useState } from "react";
import { Failure } from "../../components/states";
import { rangeBefore, rangeOf } from "../../lib/range";
import { useShortcuts } from "../../lib/shortcuts";
import { useUrl } from "../../lib/url";
import { activity } from "../../strings/activity";
import { EventDrawer } from "../events/event-drawer";
import { EventTable, EventTableSkeleton } from "../events/event-table";
import { FEED_ROWS_MAX } from "./feed";
import { FeedBar } from "./feed-bar";
import { useGrouped } from "./group-switch";
import { NoEvents } from "./no-events";
import { type EventFilter, eventFilter } from "./search";
import { EventToolbar } from "./toolbar";
import { useLiveFeed } from "./use-feed";
import { useReading } from "./use-reading";

const text = activity.feed;

export function LiveEvents() {
  const [search] = useUrl();
  const top = useRef<HTMLDivElement>(null);
  const [paused, setPaused] = useState(false);
  const { reading, handlers } = useReading();
  const away = useScrolledPast(top);
  const grouped = useGrouped();
  const filter = { ...eventFilter(search), from: useSince(search["range"]) };
  const { view, feed, newest, stream } = useLiveFeed(filter, paused || reading || away);
  useShortcuts({ p: () => setPaused(!paused) });
  const showFresh = () => {
    feed.release();
    top.current?.scrollIntoView({ block: "start" });
  };

  return (
    <section className="feed" aria-label={text.caption}>
      <EventToolbar filter={filter} />
      <div ref={top} className="feed__top" />
      <FeedBar state={paused ? "paused" : stream} held={reading} skipped={view.skipped} shown={view.rows.length} fresh={view.fresh}
        freshMore={view.freshMore} onFresh={showFresh} onPause={() => setPaused(!paused)} />
      {view.rows.length > 0 ? <div {...handlers}><EventTable rows={view.rows} openId={search["event"]} newIds={view.newIds} grouped={grouped} /></div>
        : newest.isPending ? <EventTableSkeleton />
        : newest.isError ? <Failure error={newest.error} onRetry={() => void newest.refetch()} />
        : !newest.data.more && <NoEvents />}
      {newest.data?.more === true && <Older filter={filter} oldest={view.rows.at(-1)?.event_time} full={view.rows.length >= FEED_ROWS_MAX} />}
      {search["event"] !== undefined && <EventDrawer eventId={search["event"]} rows={view.rows} />}
    </section>
  );
}

/** The start of the range when the list was opened; were it to move, the list would start afresh each minute. */
function useSince(range: string | undefined): string | undefined {
  const [opened] = useState(Date.now);
  return useMemo(() => rangeOf({ range }, opened, "24h").from, [range, opened]);
}

/** Further back is a chosen span: it ends with what the list shows. */
function Older({ filter, oldest, full }: { filter: EventFilter; oldest?: string; full: boolean }) {
  const [, change] = useUrl();
  const open = () => {
    const to = new Date(oldest === undefined ? Date.now() : Date.parse(oldest) + 1).toISOString();
    const from = filter.from && filter.from < to ? filter.from : rangeBefore({ from: to, to: new Date(Date.parse(to) + OLDER_MS).toISOString() }).from;
    change({ from, to }, { step: true });
  };
  return (
    <p className="feed__note muted small">
      {oldest === undefined || !full ? text.searched : text.bounded(FEED_ROWS_MAX)}
      <button type="button" className="button" onClick={open}>{text.older}</button>
    </p>
  );
}

/** Without a range, the quarter before. */
const OLDER_MS = 90 * 24 * 3_600_000;

/** Whether the reader has scrolled below the start of the list. */
function useScrolledPast(mark: React.RefObject<HTMLElement | null>): boolean {
  const [past, setPast] = useState(false);
  useEffect(() => {
    const element = mark.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry) setPast(!entry.isIntersecting && entry.boundingClientRect.top < 0);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [mark]);
  return past;
}
