/** One session of a user: from where, with what, and what happened in it. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { ApiError } from "../../api/problem";
import type { Session } from "../../api/types";
import { UserChip } from "../../components/entity-chip";
import { BackIcon } from "../../components/icons";
import { TableSkeleton } from "../../components/listing/table";
import { Empty, Failure, Loading } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { useUrl } from "../../lib/url";
import { sessions as text } from "../../strings/sessions";
import { EventDrawer } from "../events/event-drawer";
import { MoreEvents } from "../events/event-table";
import { sessionColumns } from "./columns";
import { SessionFacts } from "./facts";
import { sessionEventsQuery, sessionQuery } from "./queries";
import { StoryList } from "./story-list";
import "./sessions.css";

export function SessionPage() {
  const { userId = "", number = "" } = useParams({ strict: false });
  const query = useQuery(sessionQuery(userId, number));
  useTitle(text.one(number));
  const isUnknown = query.error instanceof ApiError && (query.error.kind === "not-found" || query.error.kind === "bad-request");
  return (
    <>
      <Link to="/sessions" className="session__back"><BackIcon />{text.back}</Link>
      {isUnknown ? <Empty whole title={text.notFound} hint={text.notFoundTry} action={<Link to="/sessions" className="button">{text.toSessions}</Link>} />
        : query.data ? <Whole key={`${userId} ${number}`} session={query.data} />
        : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} />
        : <><header className="page__head"><h1>{text.one(number)}</h1></header><TableSkeleton columns={sessionColumns} /></>}
    </>
  );
}

function Whole({ session }: { session: Session }) {
  const { user, number } = session;
  return (
    <>
      <header className="page__head">
        <h1 className="session__title">{text.one(number)} <span className="session__of">{text.of} <UserChip userId={user.user_id} email={user.email} score={user.trust_score} band={user.band} /></span></h1>
        <nav className="session__nav" aria-label={text.title}>
          {number > 1 && <Link to="/sessions/$userId/$number" params={{ userId: user.user_id, number: String(number - 1) }} className="button">{text.before}</Link>}
          <Link to="/sessions" search={{ user_id: user.user_id }} className="button">{text.all}</Link>
        </nav>
      </header>
      <div className="session">
        <Story session={session} />
        <SessionFacts session={session} />
      </div>
    </>
  );
}

function Story({ session }: { session: Session }) {
  const [search] = useUrl();
  const query = useInfiniteQuery(sessionEventsQuery(session));
  // The API gives the newest first; a story begins at the beginning.
  const events = useMemo(() => (query.data?.pages.flatMap((page) => page.items) ?? []).filter((event) => event.session_id === String(session.number)).toReversed(), [query.data, session.number]);
  const openId = search["event"];
  return (
    <section className="card story" aria-labelledby="story">
      <h2 id="story">{text.story}</h2>
      {query.hasNextPage && <MoreEvents busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
      {events.length > 0 ? <StoryList events={events} openId={openId} />
        : query.isPending ? <Loading />
        : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} />
        : <Empty title={text.noEvents} hint={text.noEventsTry} />}
      {openId !== undefined && <EventDrawer eventId={openId} rows={events} />}
    </section>
  );
}
