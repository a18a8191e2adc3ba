/** Why the verdict about an event is what it is: scored again on demand, because its whole history has to be read. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { Tag } from "../../components/tag";
import { wordsOf } from "../../lib/words";
import { activity } from "../../strings/activity";

const text = activity.drawer;

const explainQuery = (eventId: string) =>
  queryOptions({
    queryKey: ["event", eventId, "explain"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/events/{event_id}/explain", { signal, params: { path: { event_id: eventId } } })),
    staleTime: 60_000,
  });

export function EventWhy({ eventId }: { eventId: string }) {
  const [asked, setAsked] = useState(false);
  const query = useQuery({ ...explainQuery(eventId), enabled: asked });
  const why = query.data;
  return (
    <section className="eventfacts__part">
      <h3>{text.why}</h3>
      {!asked && <button type="button" className="button" onClick={() => setAsked(true)}>{text.whyShow}</button>}
      {asked && query.isPending && <p className="muted small" role="status">{text.whyBusy}</p>}
      {query.isError && <p className="bad small" role="alert">{wordsOf(query.error)}</p>}
      {why && (
        <>
          <p className="muted small">{text.byRules(why.rule_set_version)} {why.history === "complete" ? "" : text.cut}</p>
          <p><Tag>{text.verdicts[why.verdict] ?? why.verdict}</Tag> {why.verdict_reason}</p>
          <ul className="eventfacts__why">
            {why.rules.filter(({ status }) => status === "fired").map((rule) => (
              <li key={rule.rule_id}>
                <p><bdi>{rule.reason ?? rule.name}</bdi> <span className="mono muted">{rule.rule_id}</span></p>
                <p className="mono small muted breakable">{rule.values.map(({ name, value }) => `${name} = ${value}`).join("   ")}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
