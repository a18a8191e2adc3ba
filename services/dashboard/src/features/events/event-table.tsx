/** Events in rows, shared by Activity and the page of a user. The open one is named in the URL. */
import { useMemo } from "react";
import type { Event } from "../../api/types";
import { columnChoice, shownColumns } from "../../components/listing/column";
import { Table, TableSkeleton } from "../../components/listing/table";
import { useStore } from "../../lib/store";
import { strings } from "../../strings";
import { activity } from "../../strings/activity";
import { EVENTS_LIST, eventColumns, ownEventColumns } from "./columns";
import { groupBySession } from "./group";
import "./events.css";

interface EventTableProps {
  rows: readonly Event[];
  openId?: string;
  /** Rows that have just arrived; they are marked for a moment. */
  newIds?: ReadonlySet<string>;
  ofOneUser?: boolean;
  /** Events of one session stand together. */
  grouped?: boolean;
  onEnd?: () => void;
}

const rowKey = (event: Event) => event.event_id;

function useColumns(ofOneUser: boolean) {
  return shownColumns(ofOneUser ? ownEventColumns : eventColumns, useStore(columnChoice(EVENTS_LIST)));
}

export function EventTable({ rows, openId, newIds, ofOneUser = false, grouped = false, onEnd }: EventTableProps) {
  const shown = useMemo(() => (grouped ? groupBySession(rows) : rows), [rows, grouped]);
  return (
    <Table label={activity.feed.caption} columns={useColumns(ofOneUser)} rows={shown} rowKey={rowKey} onEnd={onEnd}
      rowClass={(event) => `${event.event_id === openId ? "is-open" : ""} ${newIds?.has(event.event_id) ? "is-new" : ""}`} />
  );
}

export function EventTableSkeleton({ ofOneUser = false }: { ofOneUser?: boolean }) {
  return <TableSkeleton columns={useColumns(ofOneUser)} />;
}

export function MoreEvents({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  return (
    <div className="list__more">
      <button type="button" className="button" disabled={busy} onClick={onMore}>{busy ? strings.events.moreBusy : strings.events.more}</button>
    </div>
  );
}
