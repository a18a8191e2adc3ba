import { Link } from "@tanstack/react-router";
import type { ListEntry } from "../../api/types";
import { Value } from "../../components/decision-list";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { TimeAgo, TimeExact } from "../../components/time";
import { lists as text } from "../../strings/lists";

const kinds: Readonly<Record<string, string>> = text.kinds;

export const entryColumns: readonly ListColumn<ListEntry>[] = [
  { key: "value", name: text.columns.value, width: "minmax(180px, 1.4fr)", phone: "main", cell: (entry) => <Value kind={entry.kind} value={entry.value} /> },
  { key: "kind", name: text.columns.kind, width: "90px", phone: "side", cell: (entry) => <span className="muted">{kinds[entry.kind] ?? entry.kind}</span> },
  { key: "reason", name: text.columns.reason, width: "minmax(160px, 2fr)", phone: "below", cell: (entry) => <bdi title={entry.reason}>{entry.reason}</bdi> },
  { key: "source", name: text.columns.source, width: "minmax(130px, 1fr)", cell: (entry) => <Cause entry={entry} /> },
  { key: "author", name: text.columns.author, width: "minmax(120px, 1fr)", cell: (entry) => <bdi>{entry.author}</bdi> },
  { key: "until", name: text.columns.until, width: "170px", cell: (entry) => entry.expires_at ? <TimeExact iso={entry.expires_at} /> : <Missing why={text.forGood} /> },
  { key: "since", name: text.columns.since, width: "104px", numeric: true, phone: "end", cell: (entry) => <span className="muted"><TimeAgo iso={entry.created_at} /></span> },
];

function Cause({ entry }: { entry: ListEntry }) {
  if (entry.cause_user) return <Link to="/users/$userId" params={{ userId: entry.cause_user }} className="list__above">{text.causeUser(entry.cause_user)}</Link>;
  return <span>{text.sources[entry.source] ?? entry.source}</span>;
}
