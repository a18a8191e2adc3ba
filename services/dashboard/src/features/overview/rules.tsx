import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { rulesQuery } from "../../api/queries";
import type { Rule } from "../../api/types";
import { compactCount } from "../../lib/format";
import { overview as text } from "../../strings/overview";
import { Panel, Row } from "./panel";

const SHOWN = 5;

/** Of the rules that weigh against users, those that fire for most of them now. */
export function TopRules() {
  const query = useQuery(rulesQuery);
  const rows = (query.data?.items ?? []).filter(({ users, weight }) => (users ?? 0) > 0 && weight > 0)
    .toSorted((a, b) => (b.users ?? 0) - (a.users ?? 0)).slice(0, SHOWN);
  return (
    <Panel title={text.rules.title} unit={text.rules.unit} all={<Link to="/rules">{text.rules.all}</Link>} query={query} count={query.data && rows.length} bones={SHOWN}
      none={text.rules.none} noneTry={text.rules.noneTry}>
      {rows.map((rule) => <RuleRow key={rule.rule_id} rule={rule} />)}
    </Panel>
  );
}

function RuleRow({ rule: { rule_id: ruleId, name, users } }: { rule: Rule }) {
  return (
    <Row>
      <span className="panel__name">
        <Link to="/rules/$ruleId" params={{ ruleId }} className="list__open ellipsis"><bdi>{name}</bdi></Link>
        <span className="mono muted small">{ruleId}</span>
      </span>
      <span className="panel__count">
        <Link to="/users" search={{ rule: ruleId }} className="list__above" aria-label={text.rules.usersOf(users ?? 0, name)}>{compactCount(users ?? 0)}</Link>
      </span>
    </Row>
  );
}
