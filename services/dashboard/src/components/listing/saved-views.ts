import { createKept } from "../../lib/kept";

export interface SavedView {
  page: string;
  name: string;
  /** The query of the URL. */
  search: string;
}

function isView(value: unknown): value is SavedView {
  return typeof value === "object" && value !== null && ["page", "name", "search"].every((key) => typeof Reflect.get(value, key) === "string");
}

export const savedViews = createKept<readonly SavedView[]>("views", [], (kept) => (Array.isArray(kept) ? kept.filter(isView) : undefined));
