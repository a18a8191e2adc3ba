/** What the user was seen with, kind by kind. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { UserEntity } from "../../api/types";
import { EntityChip } from "../../components/entity-chip";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { Segmented } from "../../components/segmented";
import { EntityTags } from "../../components/entity-tags";
import { TimeAgo } from "../../components/time";
import { WorldMap } from "../../components/world-map";
import { compactCount } from "../../lib/format";
import { isKind, KINDS, type Kind, kindsName } from "../../lib/kinds";
import { useUrl } from "../../lib/url";
import { user } from "../../strings/user";
import { userEntitiesQuery } from "./queries";

const text = user.touches;
const FIRST: Kind = "devices";
const rowKey = (thing: UserEntity) => thing.id;

export function Touches({ userId }: { userId: string }) {
  const [search, change] = useUrl();
  const named = search["kind"];
  const kind = isKind(named) ? named : FIRST;
  const query = useInfiniteQuery(userEntitiesQuery(userId, kind));
  const rows = (query.data?.pages.flatMap((page) => page.items) ?? []).filter((thing) => thing.kind === kind);
  return (
    <>
      <div className="toolbar">
        <Segmented label={user.tabs.touches} value={kind} options={KINDS.map((one) => ({ value: one, label: kindsName(one) }))}
          onChange={(next) => change({ kind: next === FIRST ? undefined : next })} />
      </div>
      {kind === "countries" && rows.length > 0 && <Countries rows={rows} />}
      <Listing plain name="user-things" label={kindsName(kind)} columns={columns} query={query} rowKey={rowKey} empty={{ title: text.none(kindsName(kind)), hint: text.noneTry }} />
    </>
  );
}

function Countries({ rows }: { rows: readonly UserEntity[] }) {
  const navigate = useNavigate();
  const values = Object.fromEntries(rows.map(({ key, link }) => [key, link.strength]));
  return (
    <section className="card user__map" aria-label={text.map}>
      <WorldMap values={values} label={text.map} unit={text.mapUnit} onChoose={(key) => void navigate({ to: "/$kind/$key", params: { kind: "countries", key } })} />
    </section>
  );
}

const columns: readonly ListColumn<UserEntity>[] = [
  { key: "thing", name: text.columns.thing, width: "minmax(200px, 2fr)", phone: "main", cell: (thing) => isKind(thing.kind) ? <EntityChip kind={thing.kind} id={thing.key} label={thing.kind === "countries" ? undefined : (thing.label ?? thing.key)} covers /> : thing.key },
  { key: "tags", name: text.columns.tags, width: "minmax(120px, 1fr)", phone: "below", cell: (thing) => <EntityTags tags={thing.tags} /> },
  { key: "strength", name: text.columns.strength, width: "130px", numeric: true, cell: (thing) => compactCount(thing.link.strength) },
  { key: "users", name: text.columns.users, width: "100px", numeric: true, phone: "side", cell: (thing) => <span title={text.sharedTitle(thing.users)}>{compactCount(thing.users)}{thing.users_capped ? "+" : ""}</span> },
  { key: "first", name: text.columns.first, width: "104px", numeric: true, cell: (thing) => <span className="muted"><TimeAgo iso={thing.link.first_seen} /></span> },
  { key: "last", name: text.columns.last, width: "104px", numeric: true, phone: "end", cell: (thing) => <span className="muted"><TimeAgo iso={thing.link.last_seen} /></span> },
];
