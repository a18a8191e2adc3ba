/** Everything of one kind that users touch. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { Entity } from "../../api/types";
import { EntityChip } from "../../components/entity-chip";
import { EntityTags } from "../../components/entity-tags";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { RangePicker } from "../../components/range-picker";
import { TimeAgo } from "../../components/time";
import { compactCount } from "../../lib/format";
import { useTitle } from "../../lib/hooks";
import { isKind, type Kind, kindName, kindsName } from "../../lib/kinds";
import { useRange } from "../../lib/range";
import { useUrl } from "../../lib/url";
import { things as text } from "../../strings/things";
import { NotFound } from "../shell/fallbacks";
import { DEFAULT_SORT, thingsQuery } from "./queries";

const heads = text.columns;
const rowKey = (row: Entity) => row.id;
const FIELDS = [
  { key: "tag", name: text.fields.tag, example: "vpn" }, { key: "country", name: text.fields.country, example: "NG" },
  { key: "parent", name: text.fields.parent }, { key: "min_users", name: text.fields.minUsers, example: "2" },
];

export const columnsOf = (kind: Kind): readonly ListColumn<Entity>[] => [
  { key: "name", name: kindName(kind), width: "minmax(200px, 2fr)", phone: "main", sort: "key", cell: (row) => <EntityChip kind={kind} id={row.key} label={row.label} covers /> },
  { key: "tags", name: heads.tags, width: "minmax(120px, 1fr)", phone: "below", cell: (row) => <EntityTags tags={row.tags} /> },
  { key: "users", name: heads.users, width: "80px", numeric: true, phone: "side", sort: "users", sortDown: true, cell: (row) => (row.users_capped ? text.capped(row.users) : compactCount(row.users)) },
  { key: "events", name: heads.events, width: "80px", numeric: true, sort: "events", sortDown: true, cell: (row) => compactCount(row.events) },
  { key: "alerts", name: heads.alerts, width: "80px", numeric: true, cell: (row) => compactCount(row.alerts) },
  { key: "seen", name: heads.lastSeen, width: "104px", numeric: true, phone: "end", sort: "last_seen", sortDown: true, cell: (row) => <span className="muted"><TimeAgo iso={row.last_seen} /></span> },
];

export function ThingsPage() {
  const { kind } = useParams({ strict: false });
  return isKind(kind) ? <Things key={kind} kind={kind} /> : <NotFound />;
}

function Things({ kind }: { kind: Kind }) {
  const [search] = useUrl();
  const { from, to } = useRange("all");
  const query = useInfiniteQuery(thingsQuery(kind, search, from, to));
  useTitle(kindsName(kind));
  return (
    <>
      <header className="page__head"><h1>{kindsName(kind)}</h1><RangePicker fallback="all" /></header>
      <Listing name={kind} label={kindsName(kind)} columns={columnsOf(kind)} query={query} rowKey={rowKey} fields={FIELDS} sort={DEFAULT_SORT}
        placeholder={text.searchPlaceholder[kind]} empty={{ title: text.empty(kindsName(kind)), hint: text.emptyTry[kind] }} />
    </>
  );
}
