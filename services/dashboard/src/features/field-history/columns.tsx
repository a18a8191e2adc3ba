/** How one change of a field reads in a row. */
import { Link } from "@tanstack/react-router";
import type { FieldChange } from "../../api/types";
import { EntityChip, UserChip } from "../../components/entity-chip";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { TimeAgo } from "../../components/time";
import { fieldHistory as text } from "../../strings/field-history";

const heads = text.columns;
const fieldName = ({ field }: FieldChange): string => field.label ?? field.key;

export const changeKey = (change: FieldChange): string => `${change.event_id} ${change.field.id} ${change.parent_id ?? ""}`;

export const changeColumns: readonly ListColumn<FieldChange>[] = [
  { key: "when", name: heads.when, width: "112px", phone: "side", cell: (change) => (
    <Link to="." search={(previous) => ({ ...previous, event: change.event_id })} preload={false} resetScroll={false} className="list__open muted">
      <TimeAgo iso={change.event_time} /><span className="visually-hidden">{text.open(fieldName(change))}</span>
    </Link>
  ) },
  { key: "user", name: heads.user, width: "minmax(180px, 1.4fr)", phone: "below", cell: ({ user }) => <UserChip userId={user.user_id} email={user.email} score={user.trust_score} band={user.band} /> },
  { key: "field", name: heads.field, width: "minmax(120px, 1fr)", phone: "main", cell: (change) => <EntityChip kind="fields" id={change.field.key} label={fieldName(change)} /> },
  { key: "was", name: heads.was, width: "minmax(100px, 1.2fr)", cell: ({ old_value: was }) =>
    was ? <del className="muted ellipsis" title={was}><bdi>{was}</bdi></del> : <Missing why={text.wasEmpty} /> },
  { key: "is", name: heads.is, width: "minmax(100px, 1.2fr)", phone: "end", cell: ({ new_value: is }) =>
    is === "" ? <Missing why={text.isEmpty} /> : <bdi className="ellipsis" title={is}>{is}</bdi> },
  { key: "parent", name: heads.parent, width: "minmax(100px, 1fr)", cell: ({ parent_name: name, parent_id: id }) =>
    name || id ? <bdi className="ellipsis" title={id ?? undefined}>{name || id}</bdi> : <Missing why={text.noParent} /> },
];
