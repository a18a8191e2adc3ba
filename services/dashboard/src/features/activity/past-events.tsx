/** The events of a chosen span: a quiet list with paging, nothing arrives. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { pastEventsQuery } from "../../api/queries";
import { Failure } from "../../components/states";
import { strings } from "../../strings";
import { EventDrawer } from "../events/event-drawer";
import { EventTable, EventTableSkeleton, MoreEvents } from "../events/event-table";
import { NoEvents } from "./no-events";
import { type ActivitySearch, eventFilter } from "./search";

const text = strings.activity.feed;

export function PastEvents({ search, filters }: { search: ActivitySearch; filters: ReactNode }) {
  const query = useInfiniteQuery(pastEventsQuery(eventFilter(search)));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return (
    <section className="feed" aria-label={text.caption}>
      <div className="feedbar">
        <p className="feedbar__state">{text.history}</p>
        <p className="feedbar__hint muted small">{text.historyHint}</p>
        {filters}
        <Link to="/activity" search={{ ...search, from: undefined, to: undefined }} resetScroll={false} className="button feedbar__pause">
          {text.backToLive}
        </Link>
      </div>
      {rows.length > 0 ? (
        <EventTable rows={rows} openId={search.event} />
      ) : query.isPending ? (
        <EventTableSkeleton />
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <NoEvents search={search} />
      )}
      {query.hasNextPage && <MoreEvents busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
      {search.event && <EventDrawer eventId={search.event} rows={rows} />}
    </section>
  );
}
