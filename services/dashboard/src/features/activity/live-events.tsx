/** The list that lives: says how the connection is, holds still when the reader needs it to. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { LIVE_ROWS_FIRST } from "../../api/queries";
import { Failure } from "../../components/states";
import { useShortcuts } from "../../lib/shortcuts";
import { strings } from "../../strings";
import { EventDrawer } from "../events/event-drawer";
import { EventTable, EventTableSkeleton } from "../events/event-table";
import { FEED_ROWS_MAX } from "./feed";
import { FeedBar } from "./feed-bar";
import { NoEvents } from "./no-events";
import { type ActivitySearch, eventFilter } from "./search";
import { useLiveFeed } from "./use-feed";
import { useReading } from "./use-reading";

const text = strings.activity.feed;

export function LiveEvents({ search, filters }: { search: ActivitySearch; filters: ReactNode }) {
  const top = useRef<HTMLDivElement>(null);
  const [paused, setPaused] = useState(false);
  const { reading, handlers } = useReading();
  const away = useScrolledPast(top);
  const { view, feed, newest, stream } = useLiveFeed(eventFilter(search), paused || reading || away);
  useShortcuts({ p: () => setPaused(!paused) });

  const showFresh = () => {
    feed.release();
    top.current?.scrollIntoView({ block: "start" });
  };

  return (
    <section className="feed" aria-label={text.caption}>
      <div ref={top} className="feed__top" />
      <FeedBar
        state={paused ? "paused" : stream}
        filters={filters}
        held={reading}
        skipped={view.skipped}
        fresh={view.fresh}
        freshMore={view.freshMore}
        onFresh={showFresh}
        onPause={() => setPaused(!paused)}
      />
      {view.rows.length > 0 ? (
        <div {...handlers}>
          <EventTable rows={view.rows} openId={search.event} newIds={view.newIds} />
          {view.rows.length >= LIVE_ROWS_FIRST && (
            <p className="feed__note muted small">{text.bounded(Math.min(FEED_ROWS_MAX, view.rows.length))}</p>
          )}
        </div>
      ) : newest.isPending ? (
        <EventTableSkeleton />
      ) : newest.isError ? (
        <Failure error={newest.error} onRetry={() => void newest.refetch()} />
      ) : (
        <NoEvents search={search} />
      )}
      {search.event && <EventDrawer eventId={search.event} rows={view.rows} />}
    </section>
  );
}

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
