import { Link } from "@tanstack/react-router";
import type { Hit, User } from "../../api/types";
import { Empty } from "../../components/states";
import { TimeAgo } from "../../components/time";
import { strings } from "../../strings";

const text = strings.user;

/** The rules that fired and weigh, in words, each with the event that caused it. */
export function Reasons({ hits }: { hits: readonly Hit[] }) {
  const weighing = hits.filter(weighs);
  return (
    <section className="card reasons">
      <h2 className="card__title">{text.why}</h2>
      {weighing.length === 0 ? (
        <Empty title={text.noHits} hint={text.noHitsTry} />
      ) : (
        <ul>
          {weighing.map((hit) => <Reason key={hit.rule_id} hit={hit} />)}
        </ul>
      )}
    </section>
  );
}

/** What was noticed beside it: rules without weight, and rules on trial. */
export function Noticed({ hits }: { hits: readonly Hit[] }) {
  const noticed = hits.filter((hit) => !weighs(hit));
  if (noticed.length === 0) return null;
  return (
    <details className="card noticed">
      <summary>{text.noticed(noticed.length)}</summary>
      <ul>
        {noticed.map((hit) => <Reason key={hit.rule_id} hit={hit} />)}
      </ul>
    </details>
  );
}

function weighs(hit: Hit): boolean {
  return hit.weight !== 0 && !hit.is_shadow;
}

function Reason({ hit }: { hit: Hit }) {
  return (
    <li className="reason">
      <div className="reason__text">
        <p className="reason__words breakable"><bdi>{hit.reason}</bdi></p>
        <p className="muted small" title={hit.explanation}>
          <span className="mono">{hit.rule_id}</span> {hit.name} · {text.causedBy}{" "}
          <Link to="." search={(previous) => ({ ...previous, event: hit.event_id })} preload={false} resetScroll={false}>
            <TimeAgo iso={hit.event_time} />
          </Link>
        </p>
      </div>
      <p className={`reason__weight ${hit.weight > 0 ? "reason__weight--against" : ""}`} title={text.weightTitle(hit.weight)}>
        <span className="visually-hidden">{text.weight}: </span>
        {signed(-hit.weight)}
      </p>
    </li>
  );
}

/** What the hit does to the score: a weight of 20 takes 20 away. */
function signed(change: number): string {
  if (change === 0) return "0";
  return change > 0 ? `+${change}` : `\u2212${-change}`;
}

/** Rules that could not be asked, so that nobody takes their silence for a "no". */
export function NotEvaluated({ rules }: { rules: User["not_evaluated"] }) {
  if (rules.length === 0) return null;
  return (
    <details className="card unasked">
      <summary>{text.notEvaluated(rules.length)}</summary>
      <ul>
        {rules.map((rule) => (
          <li key={rule.rule_id}>
            <span className="mono muted">{rule.rule_id}</span> {rule.name} <span className="muted">{text.needs(rule.needs)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
