/** Users per band of trust before and after a change, and who would move because of what. */
import { UserChip } from "../../components/entity-chip";
import { compactCount } from "../../lib/format";
import { strings } from "../../strings";
import { rules as text } from "../../strings/rules";
import type { RuleSetEffect } from "./types";

const words = text.effect;
const EXAMPLES_MAX = 5;

export function Step({ from, to }: { from: number; to: number }) {
  return (
    <span className="numeric nowrap">
      <span className="muted">{compactCount(from)}</span> <span aria-hidden="true">→</span><span className="visually-hidden"> {words.becomes} </span> {from === to ? compactCount(to) : <strong>{compactCount(to)}</strong>}
    </span>
  );
}

export function Bands({ effect }: { effect: RuleSetEffect }) {
  const { users, bands, review, blocked, complete, examples, band_changes: moving, not_estimated: untold, rescored } = effect;
  if (users === 0) return null;
  const counts = [
    [strings.bandTrust.high, bands.high], [strings.bandTrust.medium, bands.medium], [strings.bandTrust.low, bands.low], [words.review, review], [words.blocked, blocked],
  ] as const;
  return (
    <>
      <dl className="effect__bands">
        {counts.map(([name, { before, after }]) => <div key={name}><dt>{name}</dt><dd><Step from={before} to={after} /></dd></div>)}
      </dl>
      <p className="muted small">{words.judged(users, complete)} {words.rescored(rescored)}</p>
      {examples.length > 0 && (
        <ul>
          {examples.slice(0, EXAMPLES_MAX).map(({ user_id: id, trust_before: before, trust_after: after, because }) => (
            <li key={id} className="effect__row">
              <UserChip userId={id} />
              <Step from={before} to={after} />
              <span className="muted small ellipsis">{because.slice(0, 2).map(({ rule_id: rule, weight }) => words.because(rule, text.signed(weight.before), text.signed(weight.after))).join(", ")}</span>
            </li>
          ))}
          {moving > EXAMPLES_MAX && <li className="muted small">{words.more(moving - EXAMPLES_MAX)}</li>}
        </ul>
      )}
      {untold.length > 0 && (
        <div className="small">
          <p>{words.untold}</p>
          <ul className="muted">{untold.map(({ rule_id: id, name, reason }) => <li key={id}><span className="mono">{id}</span> <bdi>{name}</bdi>: {reason}</li>)}</ul>
        </div>
      )}
    </>
  );
}
