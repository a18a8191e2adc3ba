/** Runs of users' events, the newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";
import type { Session } from "../../api/types";
import { EntityChip, UserChip } from "../../components/entity-chip";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { TimeAgo } from "../../components/time";
import { duration } from "../../lib/format";
import { useTitle } from "../../lib/hooks";
import { useUrl } from "../../lib/url";
import { strings } from "../../strings";
import { user } from "../../strings/user";

const text = user.sessions;
const COLUMNS: readonly ListColumn<Session>[] = [
  { key: "user", name: strings.user.one, width: "minmax(180px, 1.5fr)", phone: "main", cell: ({ user: who }) => <UserChip userId={who.user_id} email={who.email} score={who.trust_score} band={who.band} /> },
  { key: "start", name: text.columns.start, width: "110px", phone: "end", cell: (row) => <TimeAgo iso={row.started_at} /> },
  { key: "length", name: text.columns.length, width: "90px", numeric: true, phone: "side", cell: (row) => duration(row.seconds) },
  { key: "address", name: text.columns.address, width: "minmax(120px, 1fr)", phone: "below", cell: (row) => <EntityChip kind="addresses" id={row.ip} icon={false} /> },
  { key: "events", name: text.columns.events, width: "70px", numeric: true, cell: (row) => row.events },
  { key: "alerts", name: text.columns.alerts, width: "70px", numeric: true, cell: (row) => row.alerts },
];

export function SessionsPage() {
  const [{ country, ip, user_id }] = useUrl();
  const filter = { country, ip, user_id };
  const query = useInfiniteQuery(paged(["sessions", filter], (place, signal) => answer(api.GET("/api/v1/sessions", { signal, params: { query: { ...filter, ...place } } }))));
  const fields = [{ key: "user_id", name: strings.event.userId }, { key: "ip", name: strings.event.address }, { key: "country", name: strings.event.country, example: "NG" }];
  useTitle(text.title);
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1></header>
      <Listing name="sessions" label={text.title} columns={COLUMNS} query={query} rowKey={(row) => `${row.user.user_id} ${row.number}`} fields={fields} searchable={false} empty={{ title: text.none, hint: text.noneTry }} />
    </>
  );
}
