/** "Why not?": what nearly fired, and the smallest change that turns the verdict around. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Explanation, RuleAnswer } from "../../api/types";
import { Failure, Loading } from "../../components/states";
import { Tag } from "../../components/tag";
import { user } from "../../strings/user";
import { userExplainQuery } from "./queries";

const text = user.why;
const MEANINGS: Readonly<Record<string, "good" | "warn" | "bad">> = { allow: "good", review: "warn", challenge: "warn", deny: "bad" };

export function Why({ userId }: { userId: string }) {
  const query = useQuery(userExplainQuery(userId));
  const why = query.data;
  if (query.isPending) return <Loading />;
  if (!why) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  const of = (status: string) => why.rules.filter((rule) => rule.status === status);
  return (
    <div className="stack">
      <Verdict why={why} />
      <Rules title={text.fired} rules={of("fired")} open />
      <Rules title={text.near} hint={text.nearHint} rules={of("not_fired").filter(({ weight }) => weight > 0)} />
      <Rules title={text.unknown} rules={of("not_evaluated")} />
    </div>
  );
}

function Verdict({ why }: { why: Explanation }) {
  const names = why.smallest.map(({ rule_id: id, name }) => `${name} (${id})`).join(", ");
  return (
    <section className="card why__verdict">
      <h2>{text.verdict}</h2>
      <p><Tag meaning={MEANINGS[why.verdict] ?? "plain"}>{text.verdicts[why.verdict] ?? why.verdict}</Tag> {why.verdict_reason} <span className="muted">{text.policy(why.policy)}</span></p>
      <h3>{text.smallest}</h3>
      {why.smallest.length === 0 && why.flips.length === 0 && <p className="muted">{text.smallestNone}</p>}
      {names !== "" && <p>{names}</p>}
      {why.flips.length > 0 && (
        <table className="why__flips">
          <caption className="visually-hidden">{text.flips}</caption>
          <tbody>
            {why.flips.map((flip) => (
              <tr key={flip.name + flip.to}><th scope="row" className="mono">{text.flip(flip.name, flip.from, flip.to)}</th><td>{text.flipTo(text.verdicts[flip.verdict] ?? flip.verdict, flip.trust_score)}</td></tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Rules({ title, hint, rules, open = false }: { title: string; hint?: string; rules: readonly RuleAnswer[]; open?: boolean }) {
  if (rules.length === 0) return null;
  return (
    <details className="card why__rules" open={open}>
      <summary>{title} · {rules.length}</summary>
      {hint !== undefined && <p className="muted small">{hint}</p>}
      <ul>{rules.map((rule) => <RuleLine key={rule.rule_id} rule={rule} />)}</ul>
    </details>
  );
}

function RuleLine({ rule }: { rule: RuleAnswer }) {
  return (
    <li>
      <p><Link to="/rules/$ruleId" params={{ ruleId: rule.rule_id }}>{rule.name}</Link> <span className="mono muted small">{rule.rule_id}</span></p>
      {rule.reason && <p><bdi>{rule.reason}</bdi></p>}
      {rule.lacks && <p className="muted small">{text.lacks(rule.lacks)}</p>}
      <p className="mono small muted breakable">{rule.values.map(({ name, value }) => `${name} = ${value}`).join("   ")}</p>
      {typeof rule.trust_without === "number" && <p className="small">{text.without(rule.trust_without)}</p>}
    </li>
  );
}
