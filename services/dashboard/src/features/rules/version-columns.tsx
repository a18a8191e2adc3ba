import { Link } from "@tanstack/react-router";
import type { ListColumn } from "../../components/listing/column";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { rules as text } from "../../strings/rules";
import type { RuleSetVersion } from "./types";

const words = text.versions;
const names = words.columns;

/** `onRollback` is null for those who may not change rules. */
export function versionColumns(open: number | null, onRollback: ((version: number) => void) | null): readonly ListColumn<RuleSetVersion>[] {
  const columns: ListColumn<RuleSetVersion>[] = [
    { key: "version", name: names.version, width: "120px", phone: "side", cell: ({ version, is_current: current }) => <span className="numeric">{version} {current && <Tag meaning="good">{words.current}</Tag>}</span> },
    { key: "reason", name: names.reason, width: "minmax(200px, 1fr)", phone: "main", cell: (made) => <Reason made={made} isOpen={made.version === open} /> },
    { key: "author", name: names.author, width: "minmax(120px, 220px)", phone: "below", cell: ({ author }) => <bdi className="muted">{author}</bdi> },
    { key: "time", name: names.time, width: "110px", phone: "end", cell: ({ created_at: at }) => <TimeAgo iso={at} /> },
  ];
  if (onRollback === null) return columns;
  const cell = ({ version, is_current: current }: RuleSetVersion) => !current && (
    <button type="button" className="button button--quiet list__above versions__back" aria-label={words.rollbackTo(version)} onClick={() => onRollback(version)}>{words.rollback}</button>
  );
  return [...columns, { key: "actions", name: names.actions, width: "92px", numeric: true, cell }];
}

function Reason({ made: { version, reason }, isOpen }: { made: RuleSetVersion; isOpen: boolean }) {
  const search: Record<string, string> = isOpen ? {} : { from: String(version - 1), to: String(version) };
  return <Link to="/rules/versions" search={search} className="list__open" title={reason} resetScroll={false}><bdi>{reason}</bdi></Link>;
}
