import { Link } from "@tanstack/react-router";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { count } from "../../lib/format";
import { logbook as text } from "../../strings/logbook";
import type { Line } from "./queries";

export const lineColumns: readonly ListColumn<Line>[] = [
  { key: "time", name: text.columns.time, width: "104px", phone: "end", cell: (line) => <OpenLink line={line} /> },
  { key: "producer", name: text.columns.producer, width: "minmax(100px, 1fr)", phone: "main", cell: (line) => <bdi title={line.producer}>{line.producer}</bdi> },
  { key: "endpoint", name: text.columns.endpoint, width: "minmax(110px, 1fr)", phone: "below", cell: (line) => <span className="mono small">{line.endpoint}</span> },
  { key: "status", name: text.columns.status, width: "64px", phone: "side", cell: (line) => <Status status={line.status} /> },
  { key: "code", name: text.columns.code, width: "minmax(90px, 0.8fr)", cell: (line) => line.code ? <span className="mono small" title={line.code}>{line.code}</span> : <Missing why={text.none.code} /> },
  { key: "field", name: text.columns.field, width: "minmax(90px, 0.8fr)", cell: (line) => line.field ? <bdi className="mono small" title={line.field}>{line.field}</bdi> : <Missing why={text.none.field} /> },
  { key: "detail", name: text.columns.detail, width: "minmax(140px, 2fr)", cell: (line) => line.detail ? <bdi title={line.detail}>{line.detail}</bdi> : <Missing why={text.none.detail} /> },
  { key: "accepted", name: text.columns.accepted, width: "80px", numeric: true, cell: (line) => count(line.events_accepted) },
  { key: "refused", name: text.columns.refused, width: "72px", numeric: true, cell: (line) => count(line.events_refused) },
  { key: "source", name: text.columns.source, width: "130px", optional: true, cell: (line) => line.source ? <span className="mono">{line.source}</span> : <Missing why={text.none.source} /> },
  { key: "corrections", name: text.columns.corrections, width: "84px", numeric: true, optional: true, cell: (line) => count(line.corrections) },
];

function OpenLink({ line }: { line: Line }) {
  return (
    <Link to="." search={(previous) => ({ ...previous, open: String(line.line_id) })} preload={false} resetScroll={false} className="list__open">
      <TimeAgo iso={line.time} />
    </Link>
  );
}

/** Below 400 a request was accepted, from 500 on the fault is on our side. */
export function Status({ status }: { status: number }) {
  return <Tag meaning={status >= 500 ? "bad" : status >= 400 ? "warn" : "good"}>{status}</Tag>;
}
