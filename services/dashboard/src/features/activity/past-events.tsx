/** The events of a chosen span: a quiet list with paging, nothing arrives. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Failure } from "../../components/states";
import { listing } from "../../strings/listing";
import { useUrl } from "../../lib/url";
import { activity } from "../../strings/activity";
import { EventDrawer } from "../events/event-drawer";
import { EventTable, EventTableSkeleton } from "../events/event-table";
import { GroupSwitch, useGrouped } from "./group-switch";
import { NoEvents } from "./no-events";
import { pastEventsQuery } from "./queries";
import { eventFilter } from "./search";
import { EventToolbar } from "./toolbar";

const text = activity.feed;

export function PastEvents({ from, to }: { from: string; to: string }) {
  const [search, change] = useUrl();
  const filter = { ...eventFilter(search), from, to };
  const query = useInfiniteQuery(pastEventsQuery(filter));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const grouped = useGrouped();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = () => { if (hasNextPage && !isFetchingNextPage) void fetchNextPage(); };
  return (
    <section className="feed" aria-label={text.caption}>
      <EventToolbar filter={filter} />
      <div className="feedbar">
        <p className="feedbar__state">{text.history}</p>
        <p className="feedbar__hint muted small">{text.historyHint}</p>
        <div className="feedbar__end">
          <GroupSwitch />
          <button type="button" className="button" onClick={() => change({ from: undefined, to: undefined }, { step: true })}>{text.backToLive}</button>
        </div>
      </div>
      {rows.length > 0 ? <EventTable rows={rows} openId={search["event"]} grouped={grouped} onEnd={more} />
        : query.isPending ? <EventTableSkeleton />
        : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} />
        : !hasNextPage && <NoEvents />}
      {hasNextPage && (
        <div className="list__more">
          <button type="button" className="button" disabled={isFetchingNextPage} onClick={more}>{isFetchingNextPage ? listing.moreBusy : listing.more}</button>
        </div>
      )}
      {search["event"] !== undefined && <EventDrawer eventId={search["event"]} rows={rows} />}
    </section>
  );
}
