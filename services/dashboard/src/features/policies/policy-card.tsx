/** One policy in words, its place in the order, and the way to its text. */
import { Link } from "@tanstack/react-router";
import { DownIcon, UpIcon } from "../../components/icons";
import { strings } from "../../strings";
import { policies as text } from "../../strings/policies";
import { Verdict } from "../rules/effect";
import type { Ordered } from "./order";
import { Words } from "./words";

interface PolicyCardProps {
  ordered: Ordered;
  /** What the example being tried made of it. */
  outcome: string | null;
  onMove: ((by: 1 | -1) => void) | null;
}

export function PolicyCard({ ordered: { pack, policy, isFirst, isLast }, outcome, onMove }: PolicyCardProps) {
  const types = policy.eventTypes.map((type) => (strings.eventTypes[type] ?? type).toLowerCase());
  return (
    <li className="card policy">
      <div className="policy__body">
        <h2 className="policy__name"><bdi>{policy.name}</bdi> <code className="mono muted small">{policy.id}</code> {outcome !== null && <span className="small muted policy__outcome">{outcome}</span>}</h2>
        <p className="policy__sentence"><span className="muted">{text.when}</span> <Words when={policy.when} /> <span className="muted">→</span> <Verdict verdict={policy.verdict} /> {text.verdicts[policy.verdict]}</p>
        <p className="muted small">
          {text.of(types.length === 0 ? text.anyEvent : types.join(", "))} · {text.pack} <bdi className="mono">{pack}</bdi> · {text.tests(policy.tests.length)} · {text.reason} “<bdi>{policy.reason}</bdi>”
        </p>
      </div>
      <div className="policy__actions">
        {onMove && (
          <>
            <button type="button" className="button button--quiet button--icon" disabled={isFirst} title={text.upShort} aria-label={text.up(policy.name)} onClick={() => onMove(-1)}><UpIcon /></button>
            <button type="button" className="button button--quiet button--icon" disabled={isLast} title={text.downShort} aria-label={text.down(policy.name)} onClick={() => onMove(1)}><DownIcon /></button>
          </>
        )}
        <Link to="/rules/editor" search={{ pack, at: policy.id }} className="button" aria-label={`${text.edit} ${policy.name}`}>{text.edit}</Link>
      </div>
    </li>
  );
}
