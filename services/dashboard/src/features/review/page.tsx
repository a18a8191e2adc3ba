/** What needs me next? */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { pathOfList } from "../../api/paging";
import { rulesQuery } from "../../api/queries";
import type { Case } from "../../api/types";
import type { FilterField } from "../../components/listing/fields";
import { Listing } from "../../components/listing/listing";
import { Tabs } from "../../components/tabs";
import { compactCount } from "../../lib/format";
import { useTitle } from "../../lib/hooks";
import { useMay } from "../../lib/may";
import { useUrl } from "../../lib/url";
import { review as text } from "../../strings/review";
import { reviewCountsQuery } from "../shell/nav";
import { BulkDecide } from "./bulk-decide";
import { CaseDrawer } from "./case-drawer";
import { caseColumns } from "./columns";
import { DEFAULT_SORT, reviewFilter, reviewQuery, TABS, tabNamed } from "./queries";
import "./review.css";

const rowKey = (row: Case) => String(row.case_id);

export function ReviewPage() {
  const [search] = useUrl();
  const tab = tabNamed(search);
  const query = useInfiniteQuery(reviewQuery(reviewFilter(search)));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const may = useMay("review");
  const fields = useFields();
  const opened = search["case"];
  useTitle(text.title);
  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        <NewCases shown={query.data?.pages[0]?.total ?? null} isOpen={tab === "open" && search["rule"] === undefined} />
      </header>
      <p className="page__lead">{text.lead}</p>
      <CaseTabs active={tab} />
      <Listing key={tab} name="review" label={text.title} columns={caseColumns(tab === "decided")} query={query} rowKey={rowKey} fields={fields} searchable={false} sort={DEFAULT_SORT} exportPath={pathOfList("/api/v1/review", reviewFilter(search))}
        rowClass={(row) => (opened === rowKey(row) ? "is-open" : "")} empty={{ title: text.empty[tab], hint: text.emptyTry }}
        renderBulk={may && tab !== "decided" ? (keys, done) => <BulkDecide cases={rows.filter((row) => keys.includes(rowKey(row)))} onDone={done} /> : undefined} />
      {opened !== undefined && <CaseDrawer key={opened} caseId={Number(opened)} rows={rows} />}
    </>
  );
}

function CaseTabs({ active }: { active: string }) {
  const counts = useQuery(reviewCountsQuery).data;
  const numbers = { open: counts?.open, mine: counts?.mine, nobody: counts?.unassigned, decided: undefined };
  const tabs = TABS.map((key) => {
    const number = numbers[key];
    return { key, name: text.tabs[key], count: number === undefined ? undefined : compactCount(number) };
  });
  return <Tabs label={text.tabs.label} tabs={tabs} active={active} />;
}

/** Says that more wait than are shown; the list moves only when asked to. */
function NewCases({ shown, isOpen }: { shown: number | null; isOpen: boolean }) {
  const queryClient = useQueryClient();
  const open = useQuery(reviewCountsQuery).data?.open;
  if (!isOpen || shown === null || open === undefined || open <= shown) return null;
  return <button type="button" className="button" onClick={() => void queryClient.invalidateQueries({ queryKey: ["review"] })}>{text.fresh(open - shown)}</button>;
}

function useFields(): readonly FilterField[] {
  const rules = useQuery(rulesQuery).data?.items;
  return useMemo(() => [
    { key: "rule", name: text.fields.rule, options: rules?.map((rule) => ({ value: rule.rule_id, label: `${rule.rule_id} · ${rule.name}` })) },
    { key: "trust_from", name: text.fields.trustFrom, example: "0" },
    { key: "trust_to", name: text.fields.trustTo, example: "32" },
    { key: "assignee", name: text.fields.assignee, example: "ada@example.org" },
  ], [rules]);
}
