/** Names for what the API says about rules. */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type Rule = Schemas["Rule"];
export type RulesAnswer = Schemas["RulesAnswer"];
export type RuleDetail = Schemas["RuleDetail"];
export type RuleSet = Schemas["RuleSet"];
export type RuleSetContent = Schemas["RuleSetContent"];
export type RuleSetDiff = Schemas["RuleSetDiff"];
export type RuleSetPatch = Schemas["RuleSetPatch"];
export type RuleSetPreview = Schemas["RuleSetPreview"];
export type RuleSetEffect = Schemas["RuleSetEffect"];
export type RuleSetVersion = Schemas["RuleSetVersion"];
export type Preset = Schemas["Preset"];
export type PackCheck = Schemas["PackCheck"];
export type Fault = Schemas["Fault"];
export type Rescore = Schemas["Rescore"];

export const MODES = ["live", "shadow", "off"] as const;
export type Mode = (typeof MODES)[number];

/** The points a rule may weigh. */
export const WEIGHTS = [-20, 0, 10, 20, 70] as const;

export function modeOf(text: string): Mode {
  return MODES.find((mode) => mode === text) ?? "live";
}
