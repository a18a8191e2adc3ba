/** What a product that asks should do: policies in words, in the order they are tried. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { Bone, Empty, Failure, Loading } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { useMay } from "../../lib/may";
import { policies as text } from "../../strings/policies";
import { DraftBar } from "../rules/draft-bar";
import { Verdict } from "../rules/effect";
import { PublishSheet } from "../rules/publish-sheet";
import { type Change, ruleSetQuery } from "../rules/queries";
import { RescoreStrip } from "../rules/rescore-strip";
import type { RuleSet } from "../rules/types";
import { AttemptForm } from "./attempt-form";
import { Fallback } from "./fallback";
import { moved, type Ordered, orderedPolicies } from "./order";
import { PolicyCard } from "./policy-card";
import { keyOf, type Outcome, useAttempt } from "./use-attempt";
import "../rules/rules.css";
import "../rules/rule.css";
import "./policies.css";

export function PoliciesPage() {
  const current = useQuery(ruleSetQuery);
  const may = useMay("rules");
  useTitle(text.title);
  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        <Link to="/rules/versions" className="button button--quiet">{text.versions}</Link>
        {may && <Link to="/rules/editor" search={{ template: "policy" }} className="button button--primary">{text.write}</Link>}
      </header>
      <p className="page__lead">{text.lead}</p>
      <RescoreStrip />
      {current.data ? <Loaded current={current.data} may={may} />
        : current.isError ? <Failure error={current.error} onRetry={() => void current.refetch()} />
        : <p><Loading /><Bone size="l" /></p>}
      <DraftBar />
    </>
  );
}

function Loaded({ current, may }: { current: RuleSet; may: boolean }) {
  const { content, version } = current;
  const policies = useMemo(() => orderedPolicies(content), [content]);
  const attempt = useAttempt(content);
  const [change, setChange] = useState<Change | null>(null);
  const move = ({ pack, policy }: Ordered, by: 1 | -1) => {
    const before = content.packs?.find(({ name }) => name === pack)?.text ?? "";
    setChange({ base: version, patch: { packs: { [pack]: moved(before, policy.id, by) } } });
  };
  const close = () => setChange(null);
  return (
    <div className="policies">
      <div>
        {policies.length === 0 ? <Empty title={text.none} hint={text.noneTry} /> : (
          <ol className="policies__list" aria-label={text.list}>
            {policies.map((ordered) => (
              <PolicyCard key={keyOf(ordered.pack, ordered.policy.id)} ordered={ordered} outcome={attempt.data ? outcomeOf(attempt.data, ordered) : null} onMove={may ? (by) => move(ordered, by) : null} />
            ))}
          </ol>
        )}
        <Fallback content={content} />
      </div>
      {policies.length > 0 && (
        <aside className="policies__side">
          <h2>{text.attempt.title}</h2>
          <p className="muted small">{text.attempt.lead}</p>
          <AttemptForm content={content} policies={policies} busy={attempt.isPending} onTry={(given) => attempt.mutate(given)} />
          <div role="status">
            {attempt.isError && <p className="bad small">{text.attempt.failed} {attempt.error.message}</p>}
            {attempt.data && <Answer outcome={attempt.data} policies={policies} />}
          </div>
        </aside>
      )}
      {change !== null && <PublishSheet change={change} onClose={close} onPublished={close} onRebase={(base) => setChange({ ...change, base })} />}
    </div>
  );
}

function Answer({ outcome, policies }: { outcome: Outcome; policies: readonly Ordered[] }) {
  const first = outcome.find(({ matches }) => matches);
  const found = first && policies.find(({ pack, policy }) => keyOf(pack, policy.id) === first.key);
  if (!found) return <p>{text.attempt.nothing}</p>;
  return <p><strong><bdi>{text.attempt.matched(found.policy.name)}</bdi></strong> <Verdict verdict={found.policy.verdict} /></p>;
}

/** The first that matches decides; those after it are not asked. */
function outcomeOf(outcome: Outcome, { pack, policy }: Ordered): string | null {
  const key = keyOf(pack, policy.id);
  const decided = outcome.findIndex(({ matches }) => matches);
  const at = outcome.findIndex((one) => one.key === key);
  if (at < 0) return null;
  if (decided >= 0 && at > decided) return text.attempt.notReached;
  return at === decided ? text.attempt.match : text.attempt.noMatch;
}
