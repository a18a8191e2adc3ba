import { answer, api } from "../../api/client";
import { paged } from "../../api/paging";
import type { Range } from "../../lib/range";
import type { Search } from "../../lib/url";

export const fieldChangesQuery = (search: Search, { from, to }: Range) => {
  const filter = { field: search["field"], user_id: search["user_id"], from, to };
  return paged(["field-changes", filter], (place, signal) => answer(api.GET("/api/v1/field-changes", { signal, params: { query: { ...filter, ...place } } })));
};
