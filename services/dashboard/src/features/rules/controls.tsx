/** Weight and mode of a rule, changed in place. A change joins the draft; nothing is published here. */
import { useQuery } from "@tanstack/react-query";
import { useMay } from "../../lib/may";
import { useStore } from "../../lib/store";
import { rules as text } from "../../strings/rules";
import { draft, withMode, withWeight } from "./draft";
import { ruleSetQuery } from "./queries";
import { MODES, modeOf, type Rule, WEIGHTS } from "./types";

/** The version that a new change is made from; null until it is known. */
function useBase(): number | null {
  return useQuery(ruleSetQuery).data?.version ?? null;
}

const optionName = (weight: number) => text.weightOption(weight, text.weightNames[String(weight)] ?? "");

export function WeightSelect({ rule, wide = false }: { rule: Rule; wide?: boolean }) {
  const base = useBase();
  const may = useMay("rules");
  const changed = useStore(draft).weights[rule.rule_id];
  const shown = changed ?? rule.weight;
  if (!may || base === null) return <span className="numeric">{wide ? optionName(shown) : text.signed(shown)}</span>;
  return (
    <select className={`inline-choice list__above ${changed === undefined ? "" : "inline-choice--changed"} ${wide ? "" : "inline-choice--number"}`}
      aria-label={text.weightOf(rule.rule_id)} title={changed === undefined ? text.weightNames[String(shown)] : text.was(text.signed(rule.weight))}
      value={shown} onChange={(event) => draft.set(withWeight(draft.get(), base, rule, Number(event.target.value)))}>
      {WEIGHTS.map((weight) => <option key={weight} value={weight}>{wide ? optionName(weight) : text.signed(weight)}</option>)}
    </select>
  );
}

export function ModeSelect({ rule }: { rule: Rule }) {
  const base = useBase();
  const may = useMay("rules");
  const changed = useStore(draft).modes[rule.rule_id];
  const shown = changed ?? modeOf(rule.mode);
  if (!may || base === null) return <span title={text.modeHints[shown]}>{text.modes[shown]}</span>;
  return (
    <select className={`inline-choice list__above ${changed === undefined ? "" : "inline-choice--changed"}`} aria-label={text.modeOf(rule.rule_id)}
      title={changed === undefined ? text.modeHints[shown] : text.was(text.modes[rule.mode] ?? rule.mode)}
      value={shown} onChange={(event) => draft.set(withMode(draft.get(), base, rule, modeOf(event.target.value)))}>
      {MODES.map((mode) => <option key={mode} value={mode}>{text.modes[mode]}</option>)}
    </select>
  );
}
