import { Link } from "@tanstack/react-router";
import type { Case } from "../../api/types";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { Score } from "../../components/score";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { review as text } from "../../strings/review";

const heads = text.columns;

export const caseColumns = (decided: boolean): readonly ListColumn<Case>[] => [
  { key: "user", name: heads.user, width: "minmax(200px, 1.3fr)", phone: "main", cell: (row) => <Open row={row} /> },
  { key: "trust", name: heads.trust, width: "104px", phone: "side", sort: "trust_score", cell: (row) => <Score score={row.trust_score} band={row.band} worded /> },
  { key: "why", name: heads.why, width: "minmax(200px, 2.2fr)", phone: "below", cell: (row) => <bdi title={row.reason}>{row.reason}</bdi> },
  { key: "rule", name: heads.rule, width: "minmax(140px, 1fr)", cell: (row) => row.rule ? <span title={row.rule.rule_id}>{row.rule.name}</span> : (text.sources[row.source] ?? row.source) },
  { key: "assignee", name: heads.assignee, width: "minmax(110px, 1fr)", cell: (row) => row.assignee ? <bdi>{row.assignee}</bdi> : <Missing why={text.nobody} /> },
  decided
    ? { key: "outcome", name: heads.outcome, width: "120px", phone: "end", cell: (row) => <Tag>{text.outcomes[row.outcome ?? ""] ?? row.outcome}</Tag> }
    : { key: "waiting", name: heads.waiting, width: "110px", numeric: true, phone: "end", sort: "opened_at", cell: (row) => <span className="muted"><TimeAgo iso={row.opened_at} /></span> },
];

function Open({ row }: { row: Case }) {
  const who = row.email || row.user_id;
  return (
    <Link to="." search={(previous) => ({ ...previous, case: String(row.case_id) })} preload={false} resetScroll={false} className="list__open" aria-label={text.open(who)} title={who}>
      <bdi>{who}</bdi>
    </Link>
  );
}
