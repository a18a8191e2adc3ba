/** On which lists a thing stands itself, and why. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meaningOf } from "../../components/decision-list";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { listKindOf } from "../../lib/deciding";
import type { Kind } from "../../lib/kinds";
import { lists as text } from "../../strings/lists";
import { listedQuery } from "./queries";

const NAMES: Readonly<Record<string, string>> = text.names;

export function Listed({ kind, id }: { kind: Kind; id: string }) {
  const listKind = listKindOf(kind);
  const query = useQuery({ ...listedQuery(listKind ?? "", id), enabled: listKind !== undefined });
  if (query.isError) return <span className="bad small" role="alert">{text.unread}</span>;
  return (query.data ?? []).map((entry) => (
    <span key={entry.entry_id} className="thing__listed">
      <Link to="/lists" search={{ list: entry.list, q: entry.value }}><Tag meaning={meaningOf(entry.list)}>{NAMES[entry.list] ?? entry.list}</Tag></Link>
      <span className="muted small"><bdi title={entry.reason}>{text.sources[entry.source] ?? entry.source}</bdi>, <TimeAgo iso={entry.created_at} /></span>
    </span>
  ));
}
