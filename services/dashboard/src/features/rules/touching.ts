/** Whether a version of the rule set has anything to do with one rule. */
import { rules as strings } from "../../strings/rules";
import type { RuleSetDiff } from "./types";

const text = strings.rule;

/** What a version changed about the rule, in a few words; null when it left it alone. */
export function changeOf(diff: RuleSetDiff | undefined, ruleId: string): string | null {
  if (!diff) return null;
  const weight = diff.weights[ruleId];
  const mode = diff.modes[ruleId];
  const shown = (points?: number | null) => (typeof points === "number" ? strings.signed(points) : "0");
  const parts = [
    weight && `${text.weight} ${shown(weight.from)} → ${shown(weight.to)}`,
    mode && `${text.mode} ${strings.modes[mode.from ?? "live"] ?? ""} → ${strings.modes[mode.to ?? "live"] ?? ""}`,
    ...Object.entries(diff.packs).filter(([, { from, to }]) => touches(from, to, ruleId)).map(([name]) => `${text.pack} ${name}`),
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(", ") : null;
}

function touches(from: string | null | undefined, to: string | null | undefined, ruleId: string): boolean {
  const block = (pack?: string | null) => new RegExp(`(?:^|\\n)( *- id: *["']?${ruleId}\\b[^]*?)(?=\\n *- id:|\\n\\S|$)`).exec(pack ?? "")?.[1]?.trim();
  return block(from) !== block(to);
}
