/** What a rule reads and needs, and where it comes from. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fact, Facts } from "../../components/facts";
import { Tag } from "../../components/tag";
import { strings } from "../../strings";
import { rules as strings_ } from "../../strings/rules";
import { attackId, needState } from "./needs";
import { dataSetsQuery } from "./queries";
import type { RuleDetail } from "./types";

const text = strings_.rule;
const MEANINGS = { present: "good", missing: "warn", provider: "plain", event: "plain", unknown: "plain" } as const;
const STATES = { present: text.present, missing: text.missing, provider: text.provider, event: text.unknown, unknown: null };

export function RuleFacts({ rule, pack }: { rule: RuleDetail; pack: string | null }) {
  const { scope, family, reads, event_types: types, cost, tags, presets } = rule;
  return (
    <Facts>
      <Fact name={text.judges}>{strings_.scopes[scope] ?? scope}</Fact>
      <Fact name={text.family}><Link to="/rules" search={{ family }}><bdi>{family}</bdi></Link></Fact>
      {pack !== null && <Fact name={text.pack}><Link to="/rules/editor" search={{ pack, at: rule.rule_id }} className="mono">{pack}</Link></Fact>}
      <Fact name={text.needs}><Needs needs={rule.needs} /></Fact>
      <Fact name={text.reads}><span className="rule__list">{reads.map((name) => <code key={name} className="mono">{name}</code>)}</span></Fact>
      <Fact name={text.eventTypes}>{types ? types.map((type) => strings.eventTypes[type] ?? type).join(", ") : text.anyEvent}</Fact>
      <Fact name={text.tags}>{tags.length === 0 ? strings.dash : <span className="rule__list">{tags.map((tag) => <TagOf key={tag} tag={tag} />)}</span>}</Fact>
      <Fact name={text.presets}><InPresets presets={presets} /></Fact>
      <Fact name={text.cost}>{text.steps(cost)}</Fact>
    </Facts>
  );
}

function Needs({ needs }: { needs: readonly string[] }) {
  const sets = useQuery(dataSetsQuery).data?.items;
  if (needs.length === 0) return text.noNeeds;
  return (
    <>
      <ul className="rule__needs">
        {needs.map((need) => {
          const state = needState(need, sets);
          return <li key={need}>{need} {STATES[state] !== null && <Tag meaning={MEANINGS[state]}>{STATES[state]}</Tag>}</li>;
        })}
      </ul>
      <p className="muted small">{text.neverFires}</p>
    </>
  );
}

function TagOf({ tag }: { tag: string }) {
  const technique = attackId(tag);
  return <Tag meaning={technique === null ? "plain" : "notice"} title={tag}>{technique === null ? tag : text.attack(technique)}</Tag>;
}

function InPresets({ presets }: { presets: RuleDetail["presets"] }) {
  const entries = Object.entries(presets);
  if (entries.length === 0) return text.inNoPreset;
  return <span className="rule__list">{entries.map(([name, weight]) => <span key={name} className="nowrap">{strings_.presetName(name)} <strong className="numeric">{strings_.signed(weight)}</strong></span>)}</span>;
}
