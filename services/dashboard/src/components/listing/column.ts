/** A column of a list, and what the reader chose to see of all columns. */
import type { ReactNode } from "react";
import { createKept } from "../../lib/kept";
import type { Store } from "../../lib/store";

export interface ListColumn<Row> {
  key: string;
  name: string;
  /** A track of CSS grid, such as `minmax(160px, 2fr)` or `96px`. */
  width: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** What the API calls the order by this column. */
  sort?: string;
  /** Whether the first click sorts downwards; for numbers and times it usually should. */
  sortDown?: boolean;
  /** Shown only when asked for. */
  optional?: boolean;
  /** Its place on a phone, where a row has two lines of two parts; left out there without one. */
  phone?: "main" | "side" | "below" | "end";
}

/** Keys of the columns shown, or null for those shown by default. */
export type ColumnChoice = readonly string[] | null;

const choices = new Map<string, Store<ColumnChoice>>();

export function columnChoice(list: string): Store<ColumnChoice> {
  const known = choices.get(list);
  if (known) return known;
  const made = createKept<ColumnChoice>(`columns.${list}`, null, (kept) =>
    Array.isArray(kept) ? kept.filter((key): key is string => typeof key === "string") : undefined,
  );
  choices.set(list, made);
  return made;
}

export function shownColumns<Row>(columns: readonly ListColumn<Row>[], choice: ColumnChoice): readonly ListColumn<Row>[] {
  if (choice === null) return columns.filter((column) => !column.optional);
  const shown = columns.filter((column) => choice.includes(column.key));
  return shown.length > 0 ? shown : columns.filter((column) => !column.optional);
}

export const DENSITIES = ["normal", "compact"] as const;
export type Density = (typeof DENSITIES)[number];
export const density = createKept<Density>("density", "normal", (kept) => DENSITIES.find((value) => value === kept));
