/** Evidence of erasures. */
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { Missing } from "../../components/missing";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { count } from "../../lib/format";
import { settings } from "../../strings/settings";
import { type Erasure, erasuresQuery } from "./queries";

const text = settings.erasures;
const rowKey = (erasure: Erasure) => String(erasure.erasure_id);

const columns: readonly ListColumn<Erasure>[] = [
  { key: "subject", name: text.columns.subject, width: "minmax(140px, 2fr)", phone: "main", cell: (one) => <span className="mono small" title={one.subject_sha256}>{one.subject_sha256}</span> },
  { key: "state", name: text.columns.state, width: "90px", phone: "side", cell: (one) => <Tag meaning={one.state === "done" ? "good" : "notice"}>{text.states[one.state] ?? one.state}</Tag> },
  { key: "rows", name: text.columns.rows, width: "100px", numeric: true, cell: (one) => count(one.rows_erased) },
  { key: "by", name: text.columns.by, width: "minmax(120px, 1fr)", phone: "below", cell: (one) => <bdi title={one.requested_by}>{one.requested_by}</bdi> },
  { key: "requested", name: text.columns.requested, width: "104px", phone: "end", cell: (one) => <span className="muted"><TimeAgo iso={one.requested_at} /></span> },
  { key: "finished", name: text.columns.finished, width: "104px", cell: (one) => one.finished_at ? <span className="muted"><TimeAgo iso={one.finished_at} /></span> : <Missing why={text.unfinished} /> },
];

export function Erasures() {
  const query = useInfiniteQuery(erasuresQuery);
  return <Listing name="erasures" label={settings.sections.erasures} columns={columns} query={query} rowKey={rowKey} plain empty={{ title: text.empty, hint: text.emptyTry }} />;
}
