/** Can this account be trusted, and why (not)? */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ApiError } from "../../api/problem";
import { userQuery } from "../../api/queries";
import type { User } from "../../api/types";
import { BackIcon } from "../../components/icons";
import { LinkGraph } from "../../components/graph/link-graph";
import { Empty, Failure, Loading } from "../../components/states";
import { activeTab, Tabs } from "../../components/tabs";
import { useTitle } from "../../lib/hooks";
import { useUrl } from "../../lib/url";
import { strings } from "../../strings";
import { user as texts } from "../../strings/user";
import { EventDrawer } from "../events/event-drawer";
import { Account } from "./account";
import { Changes } from "./changes";
import { Counters } from "./counters";
import { Decisions } from "./decisions";
import { Devices } from "./devices";
import { Header, HeaderSkeleton } from "./header";
import { NotEvaluated, Noticed, Reasons } from "./reasons";
import { ScoreHistory } from "./score-history";
import { Sessions } from "./sessions";
import { Touches } from "./touches";
import { UserEvents } from "./user-events";
import { Why } from "./why";
import "./user.css";

const text = strings.user;
const NAMES = ["summary", "events", "sessions", "touches", "links", "fields", "decisions", "why"] as const;
const tabs = NAMES.map((key) => ({ key, name: texts.tabs[key] }));

export function UserPage() {
  const { userId = "" } = useParams({ strict: false });
  const query = useQuery(userQuery(userId));
  const user = query.data;
  useTitle(user?.email ?? userId);
  const unknown = query.error instanceof ApiError && query.error.kind === "not-found";
  return (
    <>
      <Link to="/users" className="user__back"><BackIcon />{text.back}</Link>
      {unknown && <Empty whole title={text.notFound} hint={text.notFoundTry} action={<Link to="/users" className="button">{text.toUsers}</Link>} />}
      {query.isPending && <Loading />}
      {!user && !unknown && <HeaderSkeleton userId={userId} waiting={query.isPending} />}
      {!user && !unknown && query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {user && !unknown && <Parts key={userId} user={user} />}
    </>
  );
}

function Parts({ user }: { user: User }) {
  const [search] = useUrl();
  const tab = activeTab(tabs, search["tab"]);
  const { user_id: userId } = user;
  return (
    <>
      <Header user={user} />
      <Tabs label={texts.tabs.label} tabs={tabs} active={tab} />
      {tab === "summary" && <Summary user={user} />}
      {tab === "events" && <UserEvents userId={userId} />}
      {tab === "sessions" && <Sessions userId={userId} />}
      {tab === "touches" && <Touches userId={userId} />}
      {tab === "links" && <p className="toolbar"><Link to="/graph" search={{ kind: "users", key: userId }}>{texts.toGraph}</Link></p>}
      {tab === "links" && <LinkGraph kind="users" id={userId} />}
      {tab === "fields" && <Changes userId={userId} />}
      {tab === "decisions" && <Decisions userId={userId} />}
      {tab === "why" && <Why userId={userId} />}
      {tab !== "events" && search["event"] !== undefined && <EventDrawer eventId={search["event"]} rows={[]} />}
    </>
  );
}

function Summary({ user }: { user: User }) {
  return (
    <div className="user">
      <div className="user__why">
        <Reasons hits={user.hits} />
        <ScoreHistory userId={user.user_id} />
        <Noticed hits={user.hits} />
        <NotEvaluated rules={user.not_evaluated} />
      </div>
      <aside className="user__side" aria-label={text.facts}>
        <Counters counters={user.counters} />
        <Account user={user} />
        <Devices devices={user.devices} />
      </aside>
    </div>
  );
}
