/** What catches what, and what it costs. */
import { type InfiniteData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { Listing } from "../../components/listing/listing";
import { useTitle } from "../../lib/hooks";
import { useMay } from "../../lib/may";
import { useStore } from "../../lib/store";
import { type Search, useUrl } from "../../lib/url";
import { rules as text } from "../../strings/rules";
import { RULE_COLUMNS } from "./columns";
import { draft } from "./draft";
import { DraftBar } from "./draft-bar";
import { matches, ruleFields, sorted } from "./filter";
import { PresetsSheet } from "./presets-sheet";
import { ruleListQuery, ruleSetQuery } from "./queries";
import { RescoreStrip } from "./rescore-strip";
import { Thresholds } from "./thresholds";
import type { Rule, RulesAnswer } from "./types";
import "./rules.css";

const SORT = "rule_id";
const NO_RULES: readonly Rule[] = [];
type Pages = InfiniteData<RulesAnswer, unknown>;

function narrowed(all: readonly Rule[], search: Search): Rule[] {
  return sorted(all.filter((rule) => matches(rule, search)), search["sort"] ?? SORT);
}

export function RulesPage() {
  const [search] = useUrl();
  const everything = useInfiniteQuery(ruleListQuery);
  const select = useCallback((data: Pages) => ({ ...data, pages: data.pages.map((page) => ({ ...page, items: narrowed(page.items, search) })) }), [search]);
  const query = useInfiniteQuery({ ...ruleListQuery, select });
  const current = useQuery(ruleSetQuery).data;
  const changes = useStore(draft);
  const may = useMay("rules");
  const [choosing, setChoosing] = useState(false);
  const all = everything.data?.pages[0]?.items ?? NO_RULES;
  const fields = useMemo(() => ruleFields(all), [all]);
  useTitle(text.title);
  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        <Link to="/rules/versions" className="button button--quiet">{current && text.version(current.version)}</Link>
        <button type="button" className="button" disabled={!current} onClick={() => setChoosing(true)}>{text.presets}</button>
        {current && <Thresholds current={current} />}
        {may && <Link to="/rules/editor" className="button button--primary">{text.write}</Link>}
      </header>
      <p className="page__lead">{all.length > 0 && text.lead(all.length, all.filter(({ weight }) => weight !== 0).length)}</p>
      <RescoreStrip />
      <Listing name="rules" label={text.list} columns={RULE_COLUMNS} query={query} rowKey={(rule) => rule.rule_id} fields={fields}
        rowClass={(rule) => (rule.rule_id in changes.weights || rule.rule_id in changes.modes ? "is-changed" : rule.mode === "off" ? "is-off" : "")}
        placeholder={text.search} sort={SORT} empty={{ title: text.none, hint: text.noneTry }} />
      <DraftBar />
      {choosing && current && <PresetsSheet current={current} onClose={() => setChoosing(false)} />}
    </>
  );
}
