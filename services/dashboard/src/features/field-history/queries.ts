import { answer, api } from "../../api/client";
import { paged, pathOfList } from "../../api/paging";
import type { Range } from "../../lib/range";
import type { Search } from "../../lib/url";

export const fieldChangesFilter = (search: Search, { from, to }: Range) => ({ field: search["field"], user_id: search["user_id"], from, to });
type Filter = ReturnType<typeof fieldChangesFilter>;

export const fieldChangesPath = (filter: Filter): string => pathOfList("/api/v1/field-changes", filter);

export const fieldChangesQuery = (filter: Filter) =>
  paged(["field-changes", filter], (place, signal) => answer(api.GET("/api/v1/field-changes", { signal, params: { query: { ...filter, ...place } } })));
