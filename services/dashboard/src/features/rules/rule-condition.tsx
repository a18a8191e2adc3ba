/** The condition of a rule as its author wrote it, with the windows it counts in and its tests. */
import { Link } from "@tanstack/react-router";
import { Tag } from "../../components/tag";
import { rules as strings } from "../../strings/rules";
import { CelText } from "./cel-text";
import { celTokens } from "./cel";
import { type PackTest, type ReadPack, readPack } from "./pack";

const text = strings.rule;

export interface WrittenRule {
  /** Null for a built-in one, whose pack nobody edits. */
  pack: string | null;
  rule: ReadPack["rules"][number];
  windows: ReadPack["windows"];
}

/** Finds a rule in the text of a pack. */
export function writtenIn(pack: string | null, yaml: string, ruleId: string): WrittenRule | null {
  const { rules, windows } = readPack(yaml);
  const rule = rules.find(({ id }) => id === ruleId);
  return rule ? { pack, rule, windows } : null;
}

export function RuleCondition({ written }: { written: WrittenRule }) {
  const { pack, rule, windows } = written;
  const used = new Set(celTokens(rule.when).map(({ from, to }) => rule.when.slice(from, to)));
  const counted = windows.filter(({ name }) => used.has(name));
  return (
    <>
      <div className="rule__sectionhead">
        <h2>{text.condition}</h2>
        {pack !== null && <Link to="/rules/editor" search={{ pack, at: rule.id }} className="button">{text.edit}</Link>}
      </div>
      <p className="card rule__cel"><CelText text={rule.when} /></p>
      {counted.length > 0 && (
        <>
          <h3 className="changes__title">{text.windows}</h3>
          <ul className="rule__windows">
            {counted.map((window) => <li key={window.name}><code className="mono">{window.name}</code> <span className="muted"><CelText text={window.text} /></span></li>)}
          </ul>
        </>
      )}
      <Tests tests={rule.tests} />
    </>
  );
}

export function Tests({ tests }: { tests: readonly PackTest[] }) {
  if (tests.length === 0) return null;
  return (
    <>
      <h3 className="changes__title">{text.tests}</h3>
      <ul className="rule__tests">
        {tests.map(({ name, fires, given }) => (
          <li key={name}><Tag meaning={fires ? "warn" : "good"}>{fires ? text.fires : text.silent}</Tag> <bdi>{name}</bdi> <code className="mono muted">{given}</code></li>
        ))}
      </ul>
    </>
  );
}
