/** Two versions beside each other. */
import { useQuery } from "@tanstack/react-query";
import { CloseIcon } from "../../components/icons";
import { Select } from "../../components/select";
import { Bone, Failure, Loading } from "../../components/states";
import { TimeExact } from "../../components/time";
import { useUrl } from "../../lib/url";
import { rules as text } from "../../strings/rules";
import { Changes } from "./changes";
import { diffQuery } from "./queries";
import type { RuleSetVersion } from "./types";

const words = text.versions;

interface ComparisonProps {
  from: number | null;
  to: number;
  versions: readonly RuleSetVersion[];
  onRollback: ((version: number) => void) | null;
}

export function Comparison({ from, to, versions, onRollback }: ComparisonProps) {
  const [, change] = useUrl();
  const made = versions.find(({ version }) => version === to);
  const first = from === null || from < 1;
  return (
    <section className="card comparison" aria-label={first ? text.version(to) : words.compareTitle(from, to)}>
      <header className="comparison__head">
        <h2>{words.compare}</h2>
        {!first && <Choice label={words.from} value={from} versions={versions} onChange={(version) => change({ from: version }, { step: true })} />}
        <Choice label={words.to} value={to} versions={versions} onChange={(version) => change({ to: version }, { step: true })} />
        <span className="comparison__end">
          {onRollback && made && !made.is_current && <button type="button" className="button" onClick={() => onRollback(to)}>{words.rollbackTo(to)}</button>}
          <button type="button" className="button button--quiet button--icon" title={words.closeCompare} onClick={() => change({ from: undefined, to: undefined }, { step: true })}>
            <CloseIcon /><span className="visually-hidden">{words.closeCompare}</span>
          </button>
        </span>
      </header>
      {made && <p className="comparison__made"><bdi>{made.reason}</bdi> <span className="muted small"><bdi>{made.author}</bdi> · <TimeExact iso={made.created_at} /></span></p>}
      {first ? <p className="muted">{words.first}</p> : from === to ? <p className="muted">{words.same}</p> : <Difference from={from} to={to} />}
    </section>
  );
}

function Difference({ from, to }: { from: number; to: number }) {
  const diff = useQuery(diffQuery(from, to));
  if (diff.isPending) return <p><Loading /><Bone size="l" /></p>;
  if (diff.isError) return <Failure error={diff.error} onRetry={() => void diff.refetch()} />;
  return <Changes diff={diff.data.changes} />;
}

interface ChoiceProps {
  label: string;
  value: number;
  versions: readonly RuleSetVersion[];
  onChange: (version: string) => void;
}

function Choice({ label, value, versions, onChange }: ChoiceProps) {
  const known = versions.some(({ version }) => version === value);
  return (
    <Select label={label} value={String(value)} onChange={onChange} className="comparison__choice">
      {!known && <option value={value}>{value}</option>}
      {versions.map(({ version, reason }) => <option key={version} value={version}>{words.option(version, reason)}</option>)}
    </Select>
  );
}
