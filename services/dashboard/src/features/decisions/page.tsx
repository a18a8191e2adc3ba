/** Who or what decided, about whom, and why. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged, pathOfList } from "../../api/paging";
import { DecisionList } from "../../components/decision-list";
import { type FilterField, optionsOf } from "../../components/listing/fields";
import { useTitle } from "../../lib/hooks";
import { type Search, useUrl } from "../../lib/url";
import { decisions as text } from "../../strings/decisions";

const fields: readonly FilterField[] = [
  { key: "action", name: text.fields.action, options: optionsOf(text.actions) },
  { key: "source", name: text.fields.source, options: optionsOf(text.sources) },
  { key: "actor", name: text.fields.actor, example: "ada@example.org" },
  { key: "kind", name: text.fields.kind, options: optionsOf(text.kinds) },
  { key: "value", name: text.fields.value, example: "198.51.100.7" },
];

function filterOf(search: Search) {
  const { action, source, actor, kind, value } = search;
  // The API knows a value only together with its kind.
  return { action, source, actor, ...(kind !== undefined && value !== undefined ? { kind, value } : {}) };
}

export function DecisionsPage() {
  const [search] = useUrl();
  const filter = filterOf(search);
  const query = useInfiniteQuery(paged(["decisions", filter], (place, signal) =>
    answer(api.GET("/api/v1/decisions", { signal, params: { query: { ...filter, ...place } } }))));
  useTitle(text.title);
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1></header>
      <p className="page__lead">{text.lead}</p>
      <DecisionList name="decisions" query={query} fields={fields} searchable={false} exportPath={pathOfList("/api/v1/decisions", filter)}
        empty={{ title: text.empty, hint: text.emptyTry }} />
    </>
  );
}
