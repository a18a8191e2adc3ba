/** Everything about one rule: what it catches, how it counts, for whom it fires, and whether it was right. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { ApiError } from "../../api/problem";
import { BackIcon } from "../../components/icons";
import { Missing } from "../../components/missing";
import { Bone, Empty, Failure, Loading } from "../../components/states";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { useTitle } from "../../lib/hooks";
import { rules as strings } from "../../strings/rules";
import { MatchRate, UsersDoor } from "./columns";
import { ModeSelect, WeightSelect } from "./controls";
import { DraftBar } from "./draft-bar";
import { ruleQuery, ruleSetQuery } from "./queries";
import { RescoreStrip } from "./rescore-strip";
import { RuleCondition, type WrittenRule, writtenIn } from "./rule-condition";
import { RuleFacts } from "./rule-facts";
import { RuleHistory } from "./rule-history";
import { RuleHits } from "./rule-hits";
import type { RuleDetail, RuleSetContent } from "./types";
import "./rules.css";
import "./rule.css";

const text = strings.rule;

export function RulePage() {
  const { ruleId = "" } = useParams({ strict: false });
  const query = useQuery(ruleQuery(ruleId));
  useTitle(query.data?.name ?? ruleId);
  if (query.isPending) return <p className="rule"><Loading /><Bone size="l" /></p>;
  if (query.data) return <Whole rule={query.data} />;
  if (query.error instanceof ApiError && query.error.kind === "not-found") {
    return <Empty whole title={text.notFound} hint={text.notFoundTry} action={<Link to="/rules" className="button">{text.toRules}</Link>} />;
  }
  return <Failure error={query.error} onRetry={() => void query.refetch()} />;
}

function writtenRule(rule: RuleDetail, content: RuleSetContent | undefined): WrittenRule | null {
  if (rule.is_builtin) return rule.builtin_pack ? writtenIn(null, rule.builtin_pack, rule.rule_id) : null;
  for (const { name, text: packText } of content?.packs ?? []) {
    const written = writtenIn(name, packText, rule.rule_id);
    if (written) return written;
  }
  return null;
}

function Whole({ rule }: { rule: RuleDetail }) {
  const content = useQuery(ruleSetQuery).data?.content;
  const written = useMemo(() => writtenRule(rule, content), [content, rule]);
  return (
    <article className="rule">
      <Link to="/rules" className="rule__back"><BackIcon />{text.back}</Link>
      <header className="page__head">
        <h1><span className="mono muted">{rule.rule_id}</span> <bdi>{rule.name}</bdi> {!rule.is_builtin && <Tag meaning="notice">{strings.own}</Tag>}</h1>
      </header>
      <p className="page__lead"><bdi>{rule.explanation}</bdi></p>
      <RescoreStrip />
      <div className="rule__grid">
        <div>
          <Counts rule={rule} />
          <section className="page__section rule__condition">
            {written ? <RuleCondition written={written} /> : <><h2>{text.condition}</h2>{rule.is_builtin && <p className="muted small">{text.builtinCondition}</p>}</>}
          </section>
          <RuleHits rule={rule} />
        </div>
        <aside className="rule__side">
          <section><h2>{text.facts}</h2><RuleFacts rule={rule} pack={written?.pack ?? null} /></section>
          <section><h2>{text.precision}</h2><Precision rule={rule} /></section>
          <section><h2>{text.history}</h2><RuleHistory ruleId={rule.rule_id} /></section>
        </aside>
      </div>
      <DraftBar />
    </article>
  );
}

function Counts({ rule }: { rule: RuleDetail }) {
  return (
    <dl className="card rule__counts">
      <div><dt>{text.mode}</dt><dd><ModeSelect rule={rule} /></dd></div>
      <div><dt>{text.weight}</dt><dd><WeightSelect rule={rule} wide /></dd></div>
      <div><dt>{text.users}</dt><dd><UsersDoor rule={rule} /></dd></div>
      <div><dt>{text.rate}</dt><dd><MatchRate rule={rule} /></dd></div>
      <div><dt>{text.fired}</dt><dd>{rule.last_fired ? <TimeAgo iso={rule.last_fired} /> : <Missing why={strings.noMatch} />}</dd></div>
    </dl>
  );
}

function Precision({ rule: { precision } }: { rule: RuleDetail }) {
  if (!precision) return <p className="muted small">{text.noPrecision}. {text.noPrecisionTry}</p>;
  const { fraud, legitimate, share, low, high } = precision;
  const percent = (part: number) => `${(part * 100).toFixed(1)}%`;
  return (
    <div className="rule__precision">
      <p><strong className="rule__share">{strings.right(share)}</strong> {text.precisionLine(fraud, fraud + legitimate)}</p>
      <div className="rule__interval" aria-hidden="true"><span style={{ left: percent(low), width: percent(high - low) }} /><i style={{ left: percent(share) }} /></div>
      <p className="muted small">{text.precisionRange(low, high)}</p>
    </div>
  );
}
