import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { userEventsQuery } from "../../api/queries";
import { Empty, Failure } from "../../components/states";
import { useUrl } from "../../lib/url";
import { strings } from "../../strings";
import { EventDrawer } from "../events/event-drawer";
import { EventTable, EventTableSkeleton, MoreEvents } from "../events/event-table";

const text = strings.user;

export function UserEvents({ userId }: { userId: string }) {
  const [search] = useUrl();
  const event = search["event"];
  const query = useInfiniteQuery(userEventsQuery(userId));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return (
    <section className="user__events" aria-labelledby="user-events">
      <h2 id="user-events">{text.events}</h2>
      {rows.length > 0 ? (
        <EventTable rows={rows} openId={event} ofOneUser />
      ) : query.isPending ? (
        <EventTableSkeleton ofOneUser />
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Empty title={text.noEvents} hint={text.noEventsTry} />
      )}
      {query.hasNextPage && <MoreEvents busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
      {rows.length > 0 && !query.hasNextPage && <p className="feed__note muted small">{strings.events.end}</p>}
      {event && <EventDrawer eventId={event} rows={rows} />}
    </section>
  );
}
