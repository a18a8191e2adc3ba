/** The URL is the state of a page: filters, range, sort, tab and open drawer are read from it and written to it. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { textParam } from "./search";

export type Search = Readonly<Record<string, string | undefined>>;

/** Accepts every text parameter; each page reads those it knows. */
export function anySearch(search: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(search).flatMap(([key, value]) => {
    const text = textParam(value);
    return text === undefined ? [] : [[key, text] as const];
  });
  return Object.fromEntries(texts);
}

interface ChangeOptions {
  /** A step that "back" should undo makes a new entry of the history; typing does not. */
  step?: boolean;
}

/** The parameters of the current URL, and a way to change some of them. `undefined` takes one out. */
export function useUrl(): readonly [Search, (part: Search, options?: ChangeOptions) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (part: Search, options: ChangeOptions = {}) => {
      const next = (previous: Search) => ({ ...previous, ...part });
      void navigate({ to: ".", search: next, replace: !options.step, resetScroll: false });
    },
    [navigate],
  );
  return [search, change];
}
