/** Fields of the product's data that the user changed. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { FieldChange } from "../../api/types";
import { EntityChip } from "../../components/entity-chip";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { Missing } from "../../components/missing";
import { TimeAgo } from "../../components/time";
import { strings } from "../../strings";
import { user } from "../../strings/user";
import { userFieldsQuery } from "./queries";

const text = user.fields;
const rowKey = (change: FieldChange) => `${change.event_id} ${change.field.id}`;

export function Changes({ userId }: { userId: string }) {
  const query = useInfiniteQuery(userFieldsQuery(userId));
  return <Listing plain name="user-fields" label={user.tabs.fields} columns={columns} query={query} rowKey={rowKey} empty={{ title: text.none, hint: text.noneTry }} />;
}

const columns: readonly ListColumn<FieldChange>[] = [
  { key: "when", name: text.columns.when, width: "110px", phone: "side", cell: (change) => (
    <Link to="." search={(previous) => ({ ...previous, event: change.event_id })} preload={false} resetScroll={false} className="list__open" title={text.event}><TimeAgo iso={change.event_time} /></Link>
  ) },
  { key: "field", name: text.columns.field, width: "minmax(140px, 1fr)", phone: "main", cell: (change) => <EntityChip kind="fields" id={change.field.id} label={change.field.label ?? change.field.key} /> },
  { key: "was", name: text.columns.was, width: "minmax(140px, 1.5fr)", phone: "below", cell: (change) => change.old_value ? <del className="muted" title={change.old_value}><bdi>{change.old_value}</bdi></del> : <Missing why={text.empty} /> },
  { key: "is", name: text.columns.is, width: "minmax(140px, 1.5fr)", phone: "end", cell: (change) => <bdi title={change.new_value}>{change.new_value}</bdi> },
  { key: "parent", name: text.columns.parent, width: "minmax(100px, 1fr)", cell: (change) => change.parent_name || change.parent_id ? <bdi>{change.parent_name || change.parent_id}</bdi> : strings.dash },
];
