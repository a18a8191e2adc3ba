/** Walks a beginner through one open case of the live data, page by page. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { answer, api } from "../../api/client";
import type { Case, Entity } from "../../api/types";
import { EntityChip } from "../../components/entity-chip";
import { Bone, Empty, Failure } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { isKind } from "../../lib/kinds";
import { incident as text } from "../../strings/incident";
import "./incident.css";

const CASES_LOOKED_AT = 5;
const KINDS = ["addresses", "devices"] as const;

interface Incident {
  case: Case;
  /** What the user shares with others, the most shared first. */
  shared: Entity[];
}

const incidentQuery = queryOptions({
  queryKey: ["incident"],
  queryFn: ({ signal }) => chooseIncident(signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Of the least trusted who wait, the first that shares something with others; else the first. */
async function chooseIncident(signal: AbortSignal): Promise<Incident | null> {
  const { items } = await answer(api.GET("/api/v1/review", { signal, params: { query: { sort: "trust_score", limit: CASES_LOOKED_AT } } }));
  const incidents = await Promise.all(items.map(async (one) => ({ case: one, shared: await sharedOf(one.user_id, signal) })));
  return incidents.find(({ shared }) => shared.length > 0) ?? incidents[0] ?? null;
}

async function sharedOf(userId: string, signal: AbortSignal): Promise<Entity[]> {
  const pages = await Promise.all(KINDS.map((kind) =>
    answer(api.GET("/api/v1/users/{user_id}/entities/{kind}", { signal, params: { path: { user_id: userId, kind }, query: {} } }))));
  return pages.flatMap((page) => page.items).filter(({ users }) => users > 1).toSorted((a, b) => b.users - a.users);
}

export function IncidentPage() {
  useTitle(text.title);
  const query = useQuery(incidentQuery);
  return (
    <div className="incident">
      <header className="page__head"><h1>{text.title}</h1></header>
      <p className="page__lead">{text.lead}</p>
      {query.isPending ? <div aria-busy="true"><Bone size="l" /></div>
        : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} />
        : query.data === null ? <Empty title={text.none} hint={text.noneTry} action={<Link to="/review" className="button">{text.review}</Link>} />
        : <Steps incident={query.data} />}
    </div>
  );
}

function Steps({ incident: { case: one, shared } }: { incident: Incident }) {
  const params = { userId: one.user_id };
  return (
    <ol className="incident__steps">
      <Step title={text.who.title} look={text.who.look} go={<Link to="/users/$userId" params={params}>{text.who.go}</Link>}>
        <p><bdi>{text.who.words(one.email || one.user_id, one.reason)}</bdi></p>
      </Step>
      <Step title={text.why.title} look={text.why.look} go={one.event_id
        ? <Link to="/activity" search={{ event: one.event_id }}>{text.why.go}</Link> : <Link to="/users/$userId" params={params}>{text.why.goScores}</Link>}>
        {one.top_reason && <p><bdi>{one.top_reason}</bdi></p>}
      </Step>
      <Step title={text.links.title} look={text.links.look} go={<Link to="/graph" search={{ kind: "users", key: one.user_id }}>{text.links.graph}</Link>}>
        {shared.length === 0 ? <p>{text.links.alone}</p> : shared.slice(0, 3).map((thing) => (
          <p key={thing.id} className="incident__shared">
            {isKind(thing.kind) && <EntityChip kind={thing.kind} id={thing.id} label={thing.label ?? thing.key} />}
            <span>{text.links.shared(thing.users)}</span>
          </p>
        ))}
      </Step>
      <Step title={text.decide.title} look={text.decide.look} go={<Link to="/review" search={{ open: String(one.case_id) }}>{text.decide.go}</Link>} />
      <Step title={text.rule.title} look={text.rule.look} go={<Link to="/rules/editor">{text.rule.go}</Link>} />
    </ol>
  );
}

function Step({ title, look, go, children }: { title: string; look: string; go: ReactNode; children?: ReactNode }) {
  return (
    <li className="incident__step">
      <h2>{title}</h2>
      {children}
      <p className="muted">{look}</p>
      <p>{go}</p>
    </li>
  );
}
