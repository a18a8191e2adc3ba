/** How one thing reads in a row; each kind has what tells its things apart. */
import { Link } from "@tanstack/react-router";
import type { Entity, RelatedEntity } from "../../api/types";
import { EntityChip } from "../../components/entity-chip";
import { EntityTags } from "../../components/entity-tags";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { compactCount, count } from "../../lib/format";
import { isKind, type Kind, kindName } from "../../lib/kinds";
import { things as text } from "../../strings/things";
import { hasCountry, hasUsers, nameOf, parentOf } from "./traits";

type Column = ListColumn<Entity>;
const heads = text.columns;
const number = { width: "88px", numeric: true } as const;

const tags: Column = { key: "tags", name: heads.tags, width: "minmax(110px, 1fr)", phone: "below", cell: (row) => row.tags.length > 0 ? <EntityTags tags={row.tags} /> : <Missing why={text.noTags} /> };
const country: Column = { key: "country", name: heads.country, width: "minmax(90px, 0.8fr)", cell: (row) => row.country ? <EntityChip kind="countries" id={row.country} icon={false} /> : <Missing why={text.noCountry} /> };
const edits: Column = { key: "edits", name: heads.edits, ...number, cell: (row) => <Count value={row.edits} /> };

/** What only some kinds have. */
const OWN: Partial<Record<Kind, readonly Column[]>> = {
  networks: [{ key: "number", name: heads.number, width: "100px", cell: (row) => <bdi className="mono">{row.key}</bdi> }],
  countries: [{ key: "code", name: heads.code, width: "72px", cell: (row) => <span className="mono">{row.key}</span> }],
  "user-agents": [{ key: "system", name: heads.system, width: "minmax(140px, 1fr)", cell: (row) => row.label ? <bdi className="ellipsis" title={row.label}>{row.label}</bdi> : <Missing why={text.noSystem} /> }],
  fields: [{ key: "key", name: heads.key, width: "minmax(100px, 1fr)", cell: (row) => <bdi className="mono ellipsis">{row.key}</bdi> }, edits],
  resources: [edits],
};

export const columnsOf = (kind: Kind): readonly Column[] => [
  { key: "name", name: kindName(kind), width: "minmax(200px, 2fr)", phone: "main", sort: "key", cell: (row) => <EntityChip kind={kind} id={row.key} label={nameOf(kind, row)} covers /> },
  ...(OWN[kind] ?? []),
  ...(parentOf(kind) ? [parentColumn(kind)] : []),
  ...(hasCountry(kind) ? [country] : []),
  tags,
  hasUsers(kind)
    ? { key: "users", name: heads.users, ...number, phone: "side", sort: "users", sortDown: true, cell: (row) => <Users kind={kind} row={row} /> }
    : { key: "users", name: heads.users, ...number, phone: "side", cell: () => <Missing why={text.notCounted} /> },
  { key: "events", name: heads.events, ...number, sort: "events", sortDown: true, cell: (row) => <Events kind={kind} row={row} /> },
  { key: "alerts", name: heads.alerts, ...number, cell: ({ alerts }) => alerts > 0 ? <Tag meaning="bad" title={count(alerts)}>{compactCount(alerts)}</Tag> : <span className="muted" title={text.noAlerts}>0</span> },
  { key: "first", name: heads.firstSeen, width: "104px", numeric: true, optional: true, cell: (row) => <span className="muted"><TimeAgo iso={row.first_seen} /></span> },
  { key: "seen", name: heads.lastSeen, width: "104px", numeric: true, phone: "end", sort: "last_seen", sortDown: true, cell: (row) => <span className="muted"><TimeAgo iso={row.last_seen} /></span> },
];

/** In what is related to a thing, how many users share both is the point; what belongs to it needs no sharing. */
export function relatedColumns(related: Kind, of: Kind): readonly ListColumn<RelatedEntity>[] {
  const belongs = parentOf(related) === of || parentOf(of) === related;
  const columns = columnsOf(related).filter(({ key }) => key !== "parent" || !belongs);
  return belongs ? columns : [...columns.filter(({ key }) => key !== "alerts"), SHARED];
}

const SHARED: ListColumn<RelatedEntity> = {
  key: "shared", name: text.sharedColumn, width: "112px", numeric: true,
  cell: ({ users_shared: shared }) => (typeof shared === "number" ? count(shared) : <Missing why={text.belongs} />),
};

function parentColumn(kind: Kind): Column {
  return {
    key: "parent", name: kind === "addresses" ? heads.network : heads.domain, width: "minmax(130px, 1.2fr)",
    cell: ({ parent }) => parent && isKind(parent.kind)
      ? <EntityChip kind={parent.kind} id={parent.key} label={parent.label ?? parent.key} icon={false} />
      : <Missing why={text.noParent[kind === "addresses" ? "networks" : "email-domains"]} />,
  };
}

function Count({ value }: { value: number }) {
  return <span title={count(value)}>{compactCount(value)}</span>;
}

function Users({ kind, row }: { kind: Kind; row: Entity }) {
  return (
    <Link to="/$kind/$key" params={{ kind, key: row.key }} className="list__above thing__count" title={row.users_capped ? text.cappedTitle : text.usersTitle(row.users, nameOf(kind, row))}>
      {row.users_capped ? text.capped(row.users) : compactCount(row.users)}
    </Link>
  );
}

function Events({ kind, row }: { kind: Kind; row: Entity }) {
  return (
    <Link to="/$kind/$key" params={{ kind, key: row.key }} search={hasUsers(kind) ? { tab: "events" } : {}} className="list__above thing__count" title={text.eventsTitle(row.events, nameOf(kind, row))}>
      {compactCount(row.events)}
    </Link>
  );
}
