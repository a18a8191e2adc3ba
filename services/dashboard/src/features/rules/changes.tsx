/** What is different between two rule sets, in words a person can check. */
import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";
import { Tag } from "../../components/tag";
import { strings } from "../../strings";
import { rules as text } from "../../strings/rules";
import { folded, lineDiff } from "./line-diff";
import { listChange } from "./list-change";
import type { RuleSetDiff } from "./types";
import { useRuleNames } from "./use-rule-names";

const words = text.changes;
/** More of one kind are folded: a preset changes over a hundred weights. */
const SHOWN_MAX = 12;

export function isEmptyDiff({ preset, thresholds, weights, modes, packs, lists }: RuleSetDiff): boolean {
  return !preset && [thresholds, weights, modes, packs, lists].every((part) => Object.keys(part).length === 0);
}

export function Changes({ diff }: { diff: RuleSetDiff }) {
  const names = useRuleNames();
  if (isEmptyDiff(diff)) return <p className="muted">{words.nothing}</p>;
  const points = (value?: number | null) => (typeof value === "number" ? text.signed(value) : strings.dash);
  const score = (value?: number | null) => (typeof value === "number" ? String(value) : words.off);
  const mode = (value?: string | null) => text.modes[value ?? "live"] ?? strings.dash;
  return (
    <div className="changes">
      {diff.preset && <Group title={words.preset}>{[<Step key="preset" from={presetName(diff.preset.from)} to={presetName(diff.preset.to)} />]}</Group>}
      <Group title={words.thresholds}>
        {Object.entries(diff.thresholds).map(([name, { from, to }]) => <Step key={name} name={words.thresholdNames[name] ?? name} from={score(from)} to={score(to)} />)}
      </Group>
      <Group title={words.weights}>
        {Object.entries(diff.weights).map(([id, { from, to }]) => <Step key={id} id={id} name={names.get(id)} from={points(from)} to={points(to)} />)}
      </Group>
      <Group title={words.modes}>
        {Object.entries(diff.modes).map(([id, { from, to }]) => <Step key={id} id={id} name={names.get(id)} from={mode(from)} to={mode(to)} />)}
      </Group>
      {Object.entries(diff.packs).map(([name, { from, to }]) => <PackDiff key={name} name={name} from={from ?? null} to={to ?? null} />)}
      {Object.entries(diff.lists).map(([name, change]) => <ListDiff key={name} name={name} change={change} />)}
    </div>
  );
}

const presetName = (name?: string | null) => (name ? text.presetName(name) : words.noPreset);

function Group({ title, children }: { title: string; children: ReactNode[] }) {
  const [all, setAll] = useState(false);
  if (children.length === 0) return null;
  const folds = children.length > SHOWN_MAX;
  return (
    <section className="changes__group">
      <h3 className="changes__title">{title}</h3>
      <ul>{folds && !all ? children.slice(0, SHOWN_MAX) : children}</ul>
      {folds && <button type="button" className="button button--quiet" onClick={() => setAll(!all)}>{all ? words.less : words.more(children.length)}</button>}
    </section>
  );
}

function Step({ id, name, from, to }: { id?: string; name?: string; from: string; to: string }) {
  return (
    <li className="changes__step">
      <span className="changes__what ellipsis">
        {id !== undefined && <Link to="/rules/$ruleId" params={{ ruleId: id }} className="mono">{id}</Link>} {name !== undefined && <bdi title={name}>{name}</bdi>}
      </span>
      <span className="changes__values">
        <span className="muted">{from}</span> <span aria-hidden="true">→</span><span className="visually-hidden"> {words.to} </span> <strong>{to}</strong>
      </span>
    </li>
  );
}

const SIGNS = { same: " ", added: "+", removed: "−", gap: "" };

function PackDiff({ name, from, to }: { name: string; from: string | null; to: string | null }) {
  const lines = useMemo(() => folded(lineDiff(from, to)), [from, to]);
  return (
    <section className="changes__group">
      <h3 className="changes__title">
        {words.packs}: <bdi>{name}</bdi> {from === null && <Tag meaning="good">{words.packAdded}</Tag>} {to === null && <Tag meaning="warn">{words.packRemoved}</Tag>}
      </h3>
      {/* A long text scrolls within its frame, so the keyboard must be able to reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="linediff" tabIndex={0} aria-label={name}>
        {lines.map((line, at) => (
          <span key={at} className={`linediff__line linediff__line--${line.kind}`}>
            <span className="linediff__sign">{SIGNS[line.kind]}</span>
            {line.kind !== "same" && line.kind !== "gap" && <span className="visually-hidden">{line.kind === "added" ? words.added : words.removed}: </span>}
            {line.kind === "gap" ? words.gap(line.skipped ?? 0) : line.text}
            {"\n"}
          </span>
        ))}
      </pre>
    </section>
  );
}

function ListDiff({ name, change }: { name: string; change: unknown }) {
  const { added, removed } = listChange(change);
  return (
    <section className="changes__group">
      <h3 className="changes__title">{words.lists}: <bdi>{name}</bdi></h3>
      {added.length > 0 && <p className="small">{words.added}: <bdi className="mono">{added.join(", ")}</bdi></p>}
      {removed.length > 0 && <p className="small">{words.removed}: <bdi className="mono">{removed.join(", ")}</bdi></p>}
    </section>
  );
}
