/** What is blocked, allowed and watched. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { pathOfList } from "../../api/paging";
import type { ListEntry } from "../../api/types";
import { type FilterField, optionsOf } from "../../components/listing/fields";
import { Listing } from "../../components/listing/listing";
import { Tabs } from "../../components/tabs";
import { undoDecision } from "../../lib/deciding";
import { useTitle } from "../../lib/hooks";
import { useMay } from "../../lib/may";
import { say } from "../../lib/toasts";
import { useUrl } from "../../lib/url";
import { wordsOf } from "../../lib/words";
import { lists as text } from "../../strings/lists";
import { AddSheet } from "./add-sheet";
import { entryColumns } from "./columns";
import { ImportSheet } from "./import-sheet";
import { LISTS, listFilter, listNamed, listQuery } from "./queries";

const fields: readonly FilterField[] = [
  { key: "kind", name: text.fields.kind, options: optionsOf(text.kinds) },
  { key: "source", name: text.fields.source, options: optionsOf(text.sources) },
];
const tabs = LISTS.map((key) => ({ key, name: text.names[key] }));
const rowKey = (entry: ListEntry) => String(entry.entry_id);

export function ListsPage() {
  const [search] = useUrl();
  const list = listNamed(search);
  const filter = listFilter(search);
  const query = useInfiniteQuery(listQuery(filter));
  const may = useMay("lists");
  const [sheet, setSheet] = useState<"add" | "import" | null>(null);
  const remove = useRemove();
  useTitle(text.title);
  const close = () => setSheet(null);
  const entriesOf = (keys: readonly string[]) => (query.data?.pages.flatMap((page) => page.items) ?? []).filter((entry) => keys.includes(rowKey(entry)));
  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        {may && <button type="button" className="button" onClick={() => setSheet("import")}>{text.import.open}</button>}
        {may && <button type="button" className="button button--primary" onClick={() => setSheet("add")}>{text.add.open}</button>}
      </header>
      <p className="page__lead">{text.lead}</p>
      <Tabs label={text.tabs} tabs={tabs} active={list} parameter="list" />
      <Listing key={list} name="lists" label={text.names[list]} columns={entryColumns} query={query} rowKey={rowKey} fields={fields} placeholder={text.placeholder}
        exportPath={pathOfList("/api/v1/lists", filter)} empty={{ title: text.empty[list], hint: text.emptyTry }}
        renderBulk={may ? (keys, done) => <button type="button" className="button" onClick={() => void remove(entriesOf(keys)).then(done)}>{text.remove}</button> : undefined} />
      {sheet === "add" && <AddSheet list={list} onClose={close} />}
      {sheet === "import" && <ImportSheet list={list} onClose={close} />}
    </>
  );
}

/** Takes entries off their list at once, with a way back. */
function useRemove() {
  const queryClient = useQueryClient();
  return async (entries: readonly ListEntry[]) => {
    try {
      const ids: number[] = [];
      for (const entry of entries) {
        const done = await answer(api.DELETE("/api/v1/lists/{entry_id}", { params: { path: { entry_id: entry.entry_id }, query: { reason: text.removeReason } } }));
        ids.push(done.decision_id);
      }
      const undo = async () => {
        for (const id of ids) await undoDecision(id);
        await queryClient.invalidateQueries({ queryKey: ["lists"] });
      };
      const [only] = entries;
      say(entries.length === 1 && only ? text.removed(only.value) : text.removedMany(entries.length), { undo });
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
    await queryClient.invalidateQueries({ queryKey: ["lists"] });
  };
}
