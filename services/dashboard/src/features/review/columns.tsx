import type { Case } from "../../api/types";
import { UserChip } from "../../components/entity-chip";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { TimeAgo } from "../../components/time";
import { review as text } from "../../strings/review";

export const caseColumns = (open: (one: Case) => void): readonly ListColumn<Case>[] => [
  { key: "user", name: text.columns.user, width: "minmax(180px, 1.4fr)", phone: "main", cell: (one) => <UserChip userId={one.user_id} email={one.email} score={one.trust_score ?? null} band={one.band} /> },
  { key: "reason", name: text.columns.reason, width: "minmax(200px, 2fr)", phone: "below", cell: (one) => (
    <button type="button" className="list__open" aria-label={`${text.open}: ${one.email ?? one.user_id}`} onClick={() => open(one)}><bdi>{one.top_reason ?? one.reason}</bdi></button>
  ) },
  { key: "rule", name: text.columns.rule, width: "minmax(120px, 1fr)", cell: (one) => one.rule ? <bdi>{one.rule.name}</bdi> : <Missing why={text.noRule} /> },
  { key: "assignee", name: text.columns.assignee, width: "minmax(120px, 1fr)", cell: (one) => one.assignee ? <bdi>{one.assignee}</bdi> : <Missing why={text.nobody} /> },
  { key: "since", name: text.columns.since, width: "104px", numeric: true, phone: "end", cell: (one) => <TimeAgo iso={one.opened_at} /> },
];
