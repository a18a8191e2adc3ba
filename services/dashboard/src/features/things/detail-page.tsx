/** One thing: what is known of it, the users seen with it, and what they share. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ApiError } from "../../api/problem";
import type { Entity } from "../../api/types";
import { CopyButton } from "../../components/copy-button";
import { DecideMenu } from "../../components/decide-menu";
import { EntityTags } from "../../components/entity-tags";
import { LinkGraph } from "../../components/graph/link-graph";
import { BackIcon } from "../../components/icons";
import { RangePicker } from "../../components/range-picker";
import { Empty, Failure, Loading } from "../../components/states";
import { activeTab, Tabs } from "../../components/tabs";
import { useNow } from "../../lib/clock";
import { useTitle } from "../../lib/hooks";
import { isKind, type Kind, kindName, kindsName } from "../../lib/kinds";
import { closedRange, type RangeName, RANGES, useRange } from "../../lib/range";
import { useUrl } from "../../lib/url";
import { things as text } from "../../strings/things";
import { NotFound } from "../shell/fallbacks";
import { ThingChart } from "./charts";
import { Events, Related, Sessions, Users } from "./parts";
import { Listed } from "./listed";
import { thingQuery } from "./queries";
import { ThingFacts } from "./thing-facts";
import { hasUsers, nameOf, relatedKinds } from "./traits";
import "./things.css";

const FALLBACK: RangeName = "30d";
/** Such as a user agent; it would fill the page at the size of a heading. */
const LONG_NAME = 60;
const SPANS = RANGES.filter((name) => name !== "all");

export function ThingPage() {
  const { kind, key } = useParams({ strict: false });
  return isKind(kind) && key !== undefined ? <Thing key={`${kind} ${key}`} kind={kind} id={key} /> : <NotFound />;
}

function Thing({ kind, id }: { kind: Kind; id: string }) {
  const query = useQuery(thingQuery(kind, id));
  const isUnknown = query.error instanceof ApiError && ["not-found", "bad-request"].includes(query.error.kind);
  useTitle(query.data ? nameOf(kind, query.data) : kindName(kind));
  const toList = <Link to="/$kind" params={{ kind }} className="button">{text.toList(kindsName(kind))}</Link>;
  return (
    <>
      <Link to="/$kind" params={{ kind }} className="thing__back"><BackIcon />{kindsName(kind)}</Link>
      {query.data ? <Whole kind={kind} thing={query.data} />
        : isUnknown ? <Empty whole title={text.notFound(kindName(kind))} hint={text.notFoundTry} action={toList} />
        : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} />
        : <><Loading /><header className="page__head"><h1 className="breakable"><bdi>{id}</bdi></h1></header></>}
    </>
  );
}

function Whole({ kind, thing }: { kind: Kind; thing: Entity }) {
  const name = nameOf(kind, thing);
  const range = useRange(FALLBACK);
  const span = closedRange(range, useNow());
  return (
    <>
      <header className="page__head">
        <div className="thing__name">
          <h1 className={`breakable ${name.length > LONG_NAME ? "thing__long" : ""}`}><bdi>{name}</bdi> <CopyButton text={thing.key} what={kindName(kind)} /></h1>
          <EntityTags tags={thing.tags} />
          <Listed kind={kind} id={thing.key} />
        </div>
        <RangePicker fallback={FALLBACK} names={SPANS} />
        <DecideMenu subjects={[{ kind, key: thing.key, label: name }]} actions={["block", "allow", "watch"]} />
      </header>
      <p className="page__lead">{text.leads[kind]}</p>
      <div className="thing">
        <ThingChart kind={kind} id={thing.key} span={span} />
        <ThingFacts kind={kind} thing={thing} />
      </div>
      <Parts kind={kind} id={thing.key} />
    </>
  );
}

function tabsOf(kind: Kind) {
  const events = { key: "events", name: text.tabs.events };
  if (!hasUsers(kind)) return [events];
  return [
    { key: "users", name: text.tabs.users }, events, { key: "sessions", name: text.tabs.sessions }, { key: "links", name: text.tabs.links },
    ...relatedKinds(kind).map((key) => ({ key, name: kindsName(key) })),
  ];
}

function Parts({ kind, id }: { kind: Kind; id: string }) {
  const [search] = useUrl();
  const range = useRange(FALLBACK);
  const tabs = tabsOf(kind);
  const tab = activeTab(tabs, search["tab"]);
  return (
    <>
      <Tabs label={text.tabsLabel} tabs={tabs} active={tab} />
      {tab === "users" && <Users kind={kind} id={id} />}
      {tab === "events" && <Events kind={kind} id={id} range={range} />}
      {tab === "sessions" && <Sessions kind={kind} id={id} />}
      {tab === "links" && <p className="toolbar"><Link to="/graph" search={{ kind, key: id }}>{text.openGraph}</Link></p>}
      {tab === "links" && <LinkGraph kind={kind} id={id} />}
      {isKind(tab) && <Related key={tab} kind={kind} id={id} related={tab} />}
    </>
  );
}
