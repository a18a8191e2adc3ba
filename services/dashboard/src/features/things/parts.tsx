/** The tabs of a thing: who and what was seen with it. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EntityUser } from "../../api/types";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { Empty, Failure } from "../../components/states";
import { TimeAgo } from "../../components/time";
import { count } from "../../lib/format";
import { type Kind, kindsName } from "../../lib/kinds";
import type { Range } from "../../lib/range";
import { useUrl } from "../../lib/url";
import { sessions } from "../../strings/sessions";
import { things as text } from "../../strings/things";
import { EventDrawer } from "../events/event-drawer";
import { EventTable, EventTableSkeleton, MoreEvents } from "../events/event-table";
import { sessionColumns, sessionKey } from "../sessions/columns";
import { userColumns } from "../users/columns";
import { relatedColumns } from "./columns";
import { relatedQuery, thingEventsQuery, thingSessionsQuery, thingUsersQuery } from "./queries";
import "../users/users.css";

interface PartProps {
  kind: Kind;
  id: string;
}

const USER_COLUMNS: readonly ListColumn<EntityUser>[] = [
  ...userColumns.filter(({ key }) => ["user", "trust", "status", "why"].includes(key)),
  { key: "link", name: text.linkColumn, width: "96px", numeric: true, cell: ({ link }) => count(link.strength) },
  { key: "here", name: text.linkSeen, width: "104px", numeric: true, phone: "end", cell: ({ link }) => <span className="muted"><TimeAgo iso={link.last_seen} /></span> },
];

export function Users({ kind, id }: PartProps) {
  const query = useInfiniteQuery(thingUsersQuery(kind, id));
  return <Listing plain name="thing-users" label={text.tabs.users} columns={USER_COLUMNS} query={query} rowKey={(row) => row.user_id} empty={{ title: text.noUsers, hint: text.noUsersTry }} />;
}

export function Sessions({ kind, id }: PartProps) {
  const query = useInfiniteQuery(thingSessionsQuery(kind, id));
  return <Listing plain name="sessions" label={sessions.title} columns={sessionColumns} query={query} rowKey={sessionKey} empty={{ title: text.noSessions, hint: text.noSessionsTry }} />;
}

export function Related({ kind, id, related }: PartProps & { related: Kind }) {
  const query = useInfiniteQuery(relatedQuery(kind, id, related));
  const columns = useMemo(() => relatedColumns(related, kind), [related, kind]);
  return (
    <>
      {query.data?.pages.some(({ complete }) => !complete) && <p className="muted small thing__note">{text.shownPart}</p>}
      <Listing plain name={`related-${related}`} label={kindsName(related)} columns={columns} query={query} rowKey={(row) => row.id} empty={{ title: text.noRelated, hint: text.noRelatedTry }} />
    </>
  );
}

export function Events({ kind, id, range }: PartProps & { range: Range }) {
  const [search] = useUrl();
  const openId = search["event"];
  const query = useInfiniteQuery(thingEventsQuery(kind, id, range));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return (
    <section aria-label={text.tabs.events}>
      {rows.length > 0 ? <EventTable rows={rows} openId={openId} />
        : query.isPending ? <EventTableSkeleton />
        : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} />
        : <Empty title={text.noEvents} hint={text.noEventsTry} />}
      {query.hasNextPage && <MoreEvents busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
      {openId !== undefined && <EventDrawer eventId={openId} rows={rows} />}
    </section>
  );
}
