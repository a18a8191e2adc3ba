/** Events in rows, shared by Activity and the page of a user. The open one is named in the URL. */
import type { Event } from "../../api/types";
import { DataTable, TableSkeleton } from "../../components/data-table";
import { strings } from "../../strings";
import { eventColumns, ownEventColumns } from "./columns";
import "./events.css";

interface EventTableProps {
  rows: readonly Event[];
  openId?: string;
  /** Rows that have just arrived; they are marked for a moment. */
  newIds?: ReadonlySet<string>;
  ofOneUser?: boolean;
}

export function EventTable({ rows, openId, newIds, ofOneUser = false }: EventTableProps) {
  // A column of nothing but dashes says nothing.
  const risk = rows.some((event) => typeof event.risk_score === "number");
  return (
    <DataTable
      layout={`${ofOneUser ? "own-events" : "events"} ${risk ? "" : "table--no-risk"}`}
      caption={strings.activity.feed.caption}
      columns={ofOneUser ? ownEventColumns : eventColumns}
      rows={rows}
      rowKey={(event) => event.event_id}
      rowClass={(event) =>
        `${event.event_id === openId ? "is-open" : ""} ${newIds?.has(event.event_id) ? "is-new" : ""}`
      }
    />
  );
}

export function EventTableSkeleton({ ofOneUser = false }: { ofOneUser?: boolean }) {
  return (
    <TableSkeleton
      layout={ofOneUser ? "own-events" : "events"}
      columns={ofOneUser ? ownEventColumns : eventColumns}
    />
  );
}

export function MoreEvents({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  return (
    <div className="events__more">
      <button type="button" className="button" disabled={busy} onClick={onMore}>
        {busy ? strings.events.moreBusy : strings.events.more}
      </button>
    </div>
  );
}
