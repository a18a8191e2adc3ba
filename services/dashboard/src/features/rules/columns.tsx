/** Columns of the list of rules. */
import { Link } from "@tanstack/react-router";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { compactCount } from "../../lib/format";
import { rules as text } from "../../strings/rules";
import { ModeSelect, WeightSelect } from "./controls";
import type { Rule } from "./types";

const names = text.columns;

export const RULE_COLUMNS: readonly ListColumn<Rule>[] = [
  { key: "id", name: names.id, width: "52px", sort: "rule_id", cell: (rule) => <span className="mono muted">{rule.rule_id}</span> },
  { key: "name", name: names.name, width: "minmax(220px, 1fr)", phone: "main", cell: (rule) => <RuleName rule={rule} /> },
  { key: "family", name: names.family, width: "136px", sort: "family", phone: "below", cell: (rule) => <span className="muted ellipsis">{rule.family}</span> },
  { key: "mode", name: names.mode, width: "84px", sort: "mode", cell: (rule) => <ModeSelect rule={rule} /> },
  { key: "weight", name: names.weight, width: "72px", sort: "weight", sortDown: true, numeric: true, phone: "side", cell: (rule) => <WeightSelect rule={rule} /> },
  { key: "users", name: names.users, width: "72px", sort: "users", sortDown: true, numeric: true, phone: "end", cell: (rule) => <UsersDoor rule={rule} /> },
  { key: "rate", name: names.rate, width: "92px", sort: "match_rate", sortDown: true, numeric: true, cell: (rule) => <MatchRate rule={rule} /> },
  { key: "precision", name: names.precision, width: "64px", sort: "precision", sortDown: true, numeric: true, cell: (rule) => <Right rule={rule} /> },
  {
    key: "fired", name: names.fired, width: "92px", sort: "last_fired", sortDown: true,
    cell: ({ last_fired: fired }) => (fired ? <TimeAgo iso={fired} /> : <Missing why={text.noMatch} />),
  },
];

function RuleName({ rule }: { rule: Rule }) {
  return (
    <span className="rules__name">
      <Link to="/rules/$ruleId" params={{ ruleId: rule.rule_id }} className="list__open" title={rule.explanation}><bdi>{rule.name}</bdi></Link>
      {!rule.is_builtin && <Tag meaning="notice">{text.own}</Tag>}
      <bdi className="muted ellipsis rules__explanation">{rule.explanation}</bdi>
    </span>
  );
}

export function UsersDoor({ rule }: { rule: Rule }) {
  if (rule.scope === "event") return <Missing why={text.judgesEvents} />;
  const title = text.usersOf(rule.users, rule.rule_id);
  return <Link to="/users" search={{ rule: rule.rule_id }} className="list__above rules__door" title={title} aria-label={title}>{compactCount(rule.users)}</Link>;
}

export function MatchRate({ rule }: { rule: Rule }) {
  if (rule.scope === "event") return <Missing why={text.judgesEvents} />;
  return typeof rule.match_rate === "number" ? text.percent(rule.match_rate) : <Missing why={text.noUsers} />;
}

export function Right({ rule: { precision } }: { rule: Rule }) {
  if (!precision) return <Missing why={text.noPrecision} />;
  const { fraud, legitimate, share, low, high } = precision;
  return <span title={text.rightTitle(fraud, fraud + legitimate, low, high)}>{text.right(share)}</span>;
}
