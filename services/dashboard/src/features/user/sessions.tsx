import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Session } from "../../api/types";
import { EntityChip } from "../../components/entity-chip";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { Missing } from "../../components/missing";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { type Change, changesOf } from "../../components/timeline/changes";
import { Timeline } from "../../components/timeline/timeline";
import { duration } from "../../lib/format";
import { strings } from "../../strings";
import { user } from "../../strings/user";
import { userSessionsQuery } from "./queries";

const text = user.sessions;
const CHANGES: Record<Change, string> = { device: text.newDevice, place: text.newPlace, address: text.newAddress };
const rowKey = (session: Session) => String(session.number);

export function Sessions({ userId }: { userId: string }) {
  const query = useInfiniteQuery(userSessionsQuery(userId));
  const sessions = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const columns = useMemo(() => columnsFor(sessions), [sessions]);
  return (
    <>
      {sessions.length > 0 && <section className="card user__timeline"><Timeline sessions={sessions} /></section>}
      <Listing plain name="user-sessions" label={text.title} columns={columns} query={query} rowKey={rowKey} empty={{ title: text.none, hint: text.noneTry }} />
    </>
  );
}

function columnsFor(sessions: readonly Session[]): readonly ListColumn<Session>[] {
  const changes = new Map(changesOf(sessions).map((found, index) => [sessions[index]?.number, found]));
  return [
    { key: "start", name: text.columns.start, width: "120px", phone: "main", cell: (session) => (
      <Link to="/sessions/$userId/$number" params={{ userId: session.user.user_id, number: String(session.number) }} className="list__open"><TimeAgo iso={session.started_at} /></Link>
    ) },
    { key: "length", name: text.columns.length, width: "80px", numeric: true, phone: "side", cell: (session) => duration(session.seconds) },
    { key: "device", name: text.columns.device, width: "minmax(140px, 1.5fr)", phone: "below", cell: (session) => session.device?.label ?? <Missing why={text.noDevice} /> },
    { key: "country", name: text.columns.country, width: "minmax(90px, 1fr)", cell: (session) => session.country ? <EntityChip kind="countries" id={session.country} icon={false} /> : <Missing why={strings.missing.country} /> },
    { key: "address", name: text.columns.address, width: "minmax(120px, 1fr)", cell: (session) => <EntityChip kind="addresses" id={session.ip} icon={false} /> },
    { key: "changes", name: text.columns.changes, width: "minmax(140px, 1fr)", phone: "end", cell: (session) => (
      <span className="status">{changes.get(session.number)?.map((change) => <Tag key={change} meaning="warn">{CHANGES[change]}</Tag>)}</span>
    ) },
    { key: "events", name: text.columns.events, width: "70px", numeric: true, cell: (session) => session.events },
    { key: "alerts", name: text.columns.alerts, width: "70px", numeric: true, cell: (session) => session.alerts },
  ];
}
