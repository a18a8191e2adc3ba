/** How the score moved, and what moved it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Score } from "../../components/score";
import { SeriesPlot } from "../../components/series-plot";
import { Bone } from "../../components/states";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { zone } from "../../lib/clock";
import { useStore } from "../../lib/store";
import type { ScoreChange } from "../../api/types";
import { user as text } from "../../strings/user";
import { scoresQuery } from "./queries";

const SHOWN_FIRST = 5;

export function ScoreHistory({ userId }: { userId: string }) {
  const query = useQuery(scoresQuery(userId));
  const [all, setAll] = useState(false);
  const shownZone = useStore(zone);
  const changes = query.data?.items ?? [];
  const oldestFirst = changes.toReversed();
  return (
    <section className="card scores" aria-labelledby="scores">
      <h2 id="scores" className="card__title">{text.scores.title}</h2>
      <div className="scores__body">
        {query.isPending && <Bone size="l" />}
        {query.data && changes.length === 0 && <p className="muted">{text.scores.none}</p>}
        {changes.length > 1 && (
          <SeriesPlot label={text.scores.title} shape="steps" zone={shownZone} height={110} times={oldestFirst.map(({ at }) => Date.parse(at))}
            series={[{ label: text.scores.series, tone: "accent", values: oldestFirst.map(({ trust_score: trust }) => trust) }]} />
        )}
        <ol className="scores__list">
          {(all ? changes : changes.slice(0, SHOWN_FIRST)).map((change) => <Change key={change.at + change.trust_score} change={change} />)}
        </ol>
        {!all && changes.length > SHOWN_FIRST && <button type="button" className="button" onClick={() => setAll(true)}>{text.scores.more(changes.length)}</button>}
      </div>
    </section>
  );
}

function Change({ change }: { change: ScoreChange }) {
  const { event_id: eventId, before } = change;
  return (
    <li className="scores__change">
      <Score score={change.trust_score} />
      <span className="scores__what">
        <span className="muted small">{typeof before === "number" ? text.scores.from(before, change.trust_score) : text.scores.first(change.trust_score)}</span>
        {change.started.map((rule) => <RuleTag key={rule.rule_id} id={rule.rule_id} name={rule.name} began weight={rule.weight} />)}
        {change.ended.map((rule) => <RuleTag key={rule.rule_id} id={rule.rule_id} name={rule.name} weight={rule.weight} />)}
        {!eventId && <span className="muted small"><bdi>{change.reason ?? text.scores.rules}</bdi></span>}
      </span>
      {eventId ? (
        <Link to="." search={(previous) => ({ ...previous, event: eventId })} preload={false} resetScroll={false} title={text.scores.event} className="small nowrap"><TimeAgo iso={change.at} /></Link>
      ) : <span className="muted small nowrap"><TimeAgo iso={change.at} /></span>}
    </li>
  );
}

function RuleTag({ id, name, began = false, weight }: { id: string; name: string; began?: boolean; weight: number }) {
  return <Tag meaning={began && weight > 0 ? "warn" : "plain"} title={id}>{name} {began ? text.scores.started : text.scores.ended}</Tag>;
}
