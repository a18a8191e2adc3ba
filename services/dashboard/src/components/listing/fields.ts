/** Filters of a list. The same grammar everywhere: `field:value`, and free text for the rest. */
import type { Search } from "../../lib/url";

export interface FilterField {
  /** Its name in the URL and in what is typed. */
  key: string;
  name: string;
  /** Known values; without them any text goes. */
  options?: readonly { value: string; label: string }[];
  /** What an answer looks like, such as "NG". */
  example?: string;
}

/** The options of a field from what its values are called. */
export function optionsOf(names: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}

export interface Token {
  key: string;
  value: string;
}

/** "country:NG" as a token, or nothing when it names no field or has no value yet. */
export function parseToken(typed: string, fields: readonly FilterField[]): Token | null {
  const colon = typed.indexOf(":");
  if (colon < 1) return null;
  const named = typed.slice(0, colon).trim().toLowerCase();
  const field = fields.find(({ key, name }) => key === named || name.toLowerCase() === named);
  const value = typed.slice(colon + 1).trim();
  if (!field || value === "") return null;
  const option = field.options?.find(({ value: known, label }) => known === value || label.toLowerCase() === value.toLowerCase());
  if (field.options && !option) return null;
  return { key: field.key, value: option?.value ?? value };
}

export function tokensOf(search: Search, fields: readonly FilterField[]): Token[] {
  return fields.flatMap(({ key }) => {
    const value = search[key];
    return value === undefined ? [] : [{ key, value }];
  });
}

export function labelOf(token: Token, fields: readonly FilterField[]): string {
  const field = fields.find(({ key }) => key === token.key);
  return field?.options?.find(({ value }) => value === token.value)?.label ?? token.value;
}

export interface Suggestion {
  /** What choosing it types, or the token it makes. */
  text: string;
  label: string;
  hint?: string;
  token?: Token;
}

const SUGGESTIONS_MAX = 12;

/** Names of fields while none is named, then the values of the one named. */
export function suggestions(typed: string, fields: readonly FilterField[]): Suggestion[] {
  const colon = typed.indexOf(":");
  const start = (colon < 0 ? typed : typed.slice(0, colon)).trim().toLowerCase();
  const fitting = fields.filter(({ key, name }) => key.startsWith(start) || name.toLowerCase().startsWith(start));
  if (colon < 0) return fitting.slice(0, SUGGESTIONS_MAX).map(({ key, name, example }) => ({ text: `${key}:`, label: name, hint: example }));
  const rest = typed.slice(colon + 1).trim().toLowerCase();
  const field = fields.find(({ key, name }) => key === start || name.toLowerCase() === start);
  const options = field?.options?.filter(({ value, label }) => value.toLowerCase().includes(rest) || label.toLowerCase().includes(rest)) ?? [];
  return options.slice(0, SUGGESTIONS_MAX).map(({ value, label }) => ({ text: label, label, token: { key: field?.key ?? "", value } }));
}
