/** One thing: the users seen with it, and what they share. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { DecideMenu } from "../../components/decide-menu";
import { Listing } from "../../components/listing/listing";
import { activeTab, Tabs } from "../../components/tabs";
import { countryName } from "../../lib/format";
import { useTitle } from "../../lib/hooks";
import { isKind, type Kind, KINDS, kindName, kindsName } from "../../lib/kinds";
import { useUrl } from "../../lib/url";
import { things as text } from "../../strings/things";
import { NotFound } from "../shell/fallbacks";
import { userColumns } from "../users/columns";
import { columnsOf } from "./list-page";
import { relatedQuery, thingUsersQuery } from "./queries";

export function ThingPage() {
  const { kind, key } = useParams({ strict: false });
  return isKind(kind) && key !== undefined ? <Thing key={`${kind} ${key}`} kind={kind} id={key} /> : <NotFound />;
}

function Thing({ kind, id }: { kind: Kind; id: string }) {
  const [search] = useUrl();
  const name = kind === "countries" ? countryName(id) : id;
  const tabs = [{ key: "users", name: text.tabs.users }, ...KINDS.filter((other) => other !== kind).map((key) => ({ key, name: kindsName(key) }))];
  const tab = activeTab(tabs, search["tab"]);
  useTitle(name);
  return (
    <>
      <header className="page__head">
        <h1 className="breakable"><span className="muted">{kindName(kind)} </span><bdi>{name}</bdi></h1>
        <DecideMenu subjects={[{ kind, key: id, label: name }]} actions={["block", "allow", "watch"]} />
      </header>
      <p className="page__lead">{text.leads[kind]}</p>
      <Tabs label={text.tabsLabel} tabs={tabs} active={tab} />
      {isKind(tab) ? <Related key={tab} kind={kind} id={id} related={tab} /> : <Users kind={kind} id={id} />}
    </>
  );
}

function Users({ kind, id }: { kind: Kind; id: string }) {
  const query = useInfiniteQuery(thingUsersQuery(kind, id));
  return <Listing plain name="thing-users" label={text.tabs.users} columns={userColumns} query={query} rowKey={(row) => row.user_id} empty={{ title: text.noUsers, hint: text.noUsersTry }} />;
}

function Related({ kind, id, related }: { kind: Kind; id: string; related: Kind }) {
  const query = useInfiniteQuery(relatedQuery(kind, id, related));
  return <Listing plain name={`related-${related}`} label={kindsName(related)} columns={columnsOf(related)} query={query} rowKey={(row) => row.id} empty={{ title: text.noRelated, hint: text.noRelatedTry }} />;
}
