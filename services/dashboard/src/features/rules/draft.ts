/** Changes of rules that are collected before they are published together. */
import { createKept } from "../../lib/kept";
import { type Mode, MODES, type Rule, type RuleSetContent, type RuleSetPatch } from "./types";

export interface Draft {
  /** The version the changes were made from; null while there are none. */
  base: number | null;
  weights: Readonly<Record<string, number>>;
  modes: Readonly<Record<string, Mode>>;
  preset?: string | null;
  /** Takes the weights away that were set one by one, so that those of the preset hold. */
  dropsOwn?: boolean;
  review?: number;
  block?: number | null;
}

export const NO_CHANGES: Draft = { base: null, weights: {}, modes: {} };

export function countOf({ weights, modes, preset, dropsOwn, review, block }: Draft): number {
  const single = [preset, dropsOwn, review, block].filter((change) => change !== undefined).length;
  return Object.keys(weights).length + Object.keys(modes).length + single;
}

function changed<T>(known: Readonly<Record<string, T>>, id: string, before: T, after: T): Record<string, T> {
  const { [id]: _, ...others } = known;
  return before === after ? others : { ...others, [id]: after };
}

function based(draft: Draft, base: number): Draft {
  return countOf(draft) === 0 ? NO_CHANGES : { ...draft, base: draft.base ?? base };
}

export function withWeight(draft: Draft, base: number, rule: Rule, weight: number): Draft {
  return based({ ...draft, weights: changed(draft.weights, rule.rule_id, rule.weight, weight) }, base);
}

export function withMode(draft: Draft, base: number, rule: Rule, mode: Mode): Draft {
  return based({ ...draft, modes: changed<string>(draft.modes, rule.rule_id, rule.mode, mode) as Record<string, Mode> }, base);
}

export function withPreset(draft: Draft, base: number, preset: string | null, dropsOwn: boolean): Draft {
  const { dropsOwn: _, ...rest } = draft;
  return based({ ...rest, preset, ...(dropsOwn ? { dropsOwn } : {}) }, base);
}

interface Thresholds {
  review: number;
  block: number | null;
}

export function withThresholds(draft: Draft, base: number, before: Thresholds, after: Thresholds): Draft {
  const { review: _review, block: _block, ...rest } = draft;
  const review = before.review === after.review ? {} : { review: after.review };
  const block = before.block === after.block ? {} : { block: after.block };
  return based({ ...rest, ...review, ...block }, base);
}

/** The same changes in the words of the API, where null gives a rule back what it would have without them. */
export function patchOf(draft: Draft, content: RuleSetContent): RuleSetPatch {
  const own = draft.dropsOwn ? Object.fromEntries(Object.keys(content.weights ?? {}).map((id) => [id, null])) : {};
  const modes = Object.fromEntries(Object.entries(draft.modes).map(([id, mode]) => [id, mode === "live" ? null : mode]));
  const thresholds = { ...(draft.review === undefined ? {} : { review: draft.review }), ...(draft.block === undefined ? {} : { block: draft.block }) };
  return {
    weights: { ...own, ...draft.weights },
    modes,
    ...(draft.preset === undefined ? {} : { preset: draft.preset }),
    ...(Object.keys(thresholds).length > 0 ? { thresholds } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads what was kept in this browser; anything odd is left out. */
export function acceptDraft(kept: unknown): Draft | undefined {
  if (!isRecord(kept) || typeof kept["base"] !== "number") return undefined;
  const entries = (key: string) => Object.entries(isRecord(kept[key]) ? kept[key] : {});
  const weights = Object.fromEntries(entries("weights").flatMap(([id, weight]) => (typeof weight === "number" ? [[id, weight]] : [])));
  const modes = Object.fromEntries(
    entries("modes").flatMap(([id, value]) => MODES.filter((mode) => mode === value).map((mode) => [id, mode])),
  );
  const { preset, dropsOwn, review, block } = kept;
  return {
    base: kept["base"], weights, modes,
    ...(typeof preset === "string" || preset === null ? { preset } : {}),
    ...(dropsOwn === true ? { dropsOwn } : {}),
    ...(typeof review === "number" ? { review } : {}),
    ...(typeof block === "number" || block === null ? { block } : {}),
  };
}

/** Survives leaving the page and reloading it. */
export const draft = createKept<Draft>("rules.draft", NO_CHANGES, acceptDraft);
