/** Who changed the rules, when and why; any two versions beside each other; the way back. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "@tanstack/react-router";
import { BackIcon } from "../../components/icons";
import { Listing } from "../../components/listing/listing";
import { useTitle } from "../../lib/hooks";
import { useMay } from "../../lib/may";
import { useUrl } from "../../lib/url";
import { rules as text } from "../../strings/rules";
import { Comparison } from "./comparison";
import { DraftBar } from "./draft-bar";
import { PublishSheet } from "./publish-sheet";
import { ruleSetQuery, versionsQuery } from "./queries";
import { RescoreStrip } from "./rescore-strip";
import { versionColumns } from "./version-columns";
import "./rules.css";

const words = text.versions;

const numberParam = (value?: string) => (value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : null);

export function RuleVersionsPage() {
  const [search] = useUrl();
  const query = useInfiniteQuery(versionsQuery);
  const may = useMay("rules");
  const [rollback, setRollback] = useState<number | null>(null);
  const versions = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const to = numberParam(search["to"]);
  const from = numberParam(search["from"]);
  const columns = useMemo(() => versionColumns(to, may ? setRollback : null), [to, may]);
  useTitle(words.title);
  return (
    <>
      <header className="page__head">
        <h1>{words.title}</h1>
        <Link to="/rules" className="button button--quiet"><BackIcon />{text.title}</Link>
      </header>
      <p className="page__lead">{words.lead}</p>
      <RescoreStrip />
      {to !== null && <Comparison from={from} to={to} versions={versions} onRollback={may ? setRollback : null} />}
      <Listing name="rule-versions" label={words.list} plain columns={columns} query={query} rowKey={({ version }) => String(version)}
        rowClass={({ version }) => (version === to ? "is-open" : "")} empty={{ title: words.none, hint: words.noneTry }} />
      <DraftBar />
      {rollback !== null && <Rollback version={rollback} onClose={() => setRollback(null)} />}
    </>
  );
}

function Rollback({ version, onClose }: { version: number; onClose: () => void }) {
  const current = useQuery(ruleSetQuery).data?.version;
  const [, change] = useUrl();
  // The version looked at is the one the change is made from; a newer one is taken only when asked.
  const [chosen, setBase] = useState<number | null>(null);
  const base = chosen ?? current;
  if (base === undefined) return null;
  const done = (made: number) => {
    onClose();
    change({ from: String(base), to: String(made) }, { step: true });
  };
  return (
    <PublishSheet change={{ base, version }} title={words.rollbackTitle(version)} lead={words.rollbackLead} submit={words.rollbackSubmit}
      onClose={onClose} onRebase={setBase} onPublished={done} />
  );
}
