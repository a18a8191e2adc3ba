/** Who needs a decision next. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { pathOfList } from "../../api/paging";
import type { Case } from "../../api/types";
import type { FilterField } from "../../components/listing/fields";
import { Listing } from "../../components/listing/listing";
import { Tabs } from "../../components/tabs";
import { useTitle } from "../../lib/hooks";
import { useUrl } from "../../lib/url";
import { review as text } from "../../strings/review";
import { caseColumns } from "./columns";
import { CaseDrawer } from "./drawer";
import { reviewFilter, reviewQuery, VIEWS, viewOf } from "./queries";

const fields: readonly FilterField[] = [
  { key: "rule", name: text.fields.rule, example: "A01" },
  { key: "trust_to", name: text.fields.trust_to, example: "33" },
];
const tabs = VIEWS.map((key) => ({ key, name: text.views[key] }));
const rowKey = (one: Case) => String(one.case_id);

export function ReviewPage() {
  const [search, change] = useUrl();
  const filter = reviewFilter(search);
  const query = useInfiniteQuery(reviewQuery(filter));
  useTitle(text.title);
  const opened = query.data?.pages.flatMap((page) => page.items).find((one) => rowKey(one) === search["case"]);
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1></header>
      <p className="page__lead">{text.lead}</p>
      <Tabs label={text.tabs} tabs={tabs} active={viewOf(search)} parameter="view" />
      <Listing name="review" label={text.title} columns={caseColumns((one) => change({ case: rowKey(one) }, { step: true }))} query={query} rowKey={rowKey}
        fields={fields} searchable={false} exportPath={pathOfList("/api/v1/review", filter)} empty={{ title: text.empty, hint: text.emptyTry }} />
      {opened && <CaseDrawer key={opened.case_id} one={opened} onClose={() => change({ case: undefined })} />}
    </>
  );
}
