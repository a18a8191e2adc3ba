/** On which lists a thing stands itself, and why. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { listKindOf } from "../../lib/deciding";
import type { Kind } from "../../lib/kinds";
import { lists as text } from "../../strings/lists";
import { listedQuery } from "./queries";

const MEANINGS: Readonly<Record<string, "bad" | "good" | "notice">> = { block: "bad", allow: "good", watch: "notice" };
const NAMES: Readonly<Record<string, string>> = text.names;

export function Listed({ kind, id }: { kind: Kind; id: string }) {
  const listKind = listKindOf(kind);
  const entries = useQuery({ ...listedQuery(listKind ?? "", id), enabled: listKind !== undefined }).data ?? [];
  return entries.map((entry) => (
    <span key={entry.entry_id} className="thing__listed">
      <Link to="/lists" search={{ list: entry.list, q: entry.value }}><Tag meaning={MEANINGS[entry.list] ?? "plain"}>{NAMES[entry.list] ?? entry.list}</Tag></Link>
      <span className="muted small"><bdi title={entry.reason}>{text.sources[entry.source] ?? entry.source}</bdi>, <TimeAgo iso={entry.created_at} /></span>
    </span>
  ));
}
