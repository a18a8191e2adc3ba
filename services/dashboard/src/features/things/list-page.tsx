/** Everything of one kind that users touch. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Entity } from "../../api/types";
import { DecideMenu } from "../../components/decide-menu";
import { Listing } from "../../components/listing/listing";
import { RangePicker } from "../../components/range-picker";
import { useNow } from "../../lib/clock";
import { canBeListed, type Subject } from "../../lib/deciding";
import { useTitle } from "../../lib/hooks";
import { isKind, type Kind, kindsName } from "../../lib/kinds";
import { closedRange, useRange } from "../../lib/range";
import { useUrl } from "../../lib/url";
import { things as text } from "../../strings/things";
import { NotFound } from "../shell/fallbacks";
import { KindChart } from "./charts";
import { columnsOf } from "./columns";
import { CountriesMap } from "./countries-map";
import { DEFAULT_SORT, thingFilter, thingsPath, thingsQuery } from "./queries";
import { Siblings } from "./siblings";
import { hasCountry, hasUsers, nameOf, parentOf } from "./traits";
import "./things.css";

const rowKey = (row: Entity) => row.id;

export function ThingsPage() {
  const { kind } = useParams({ strict: false });
  return isKind(kind) ? <Things key={kind} kind={kind} /> : <NotFound />;
}

const fieldsOf = (kind: Kind) => [
  { key: "tag", name: text.fields.tag, example: "vpn" },
  ...(hasCountry(kind) ? [{ key: "country", name: text.fields.country, example: "NG" }] : []),
  ...(parentOf(kind) ? [{ key: "parent", name: text.fields.parent }] : []),
  ...(hasUsers(kind) ? [{ key: "min_users", name: text.fields.minUsers, example: "2" }] : []),
];

function Things({ kind }: { kind: Kind }) {
  const [search] = useUrl();
  const range = useRange("all");
  const span = closedRange(range, useNow());
  const filter = thingFilter(search, range);
  const query = useInfiniteQuery(thingsQuery(kind, filter));
  const columns = useMemo(() => columnsOf(kind), [kind]);
  const fields = useMemo(() => fieldsOf(kind), [kind]);
  useTitle(kindsName(kind));
  const subjectsOf = (keys: readonly string[]): Subject[] => {
    const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
    return rows.filter((row) => keys.includes(row.id)).map((row) => ({ kind, key: row.key, label: nameOf(kind, row) }));
  };
  return (
    <>
      <header className="page__head"><h1>{kindsName(kind)}</h1><RangePicker fallback="all" /></header>
      <Siblings of={kind} />
      <div className="things__top">
        {kind === "countries" && <CountriesMap />}
        <KindChart kind={kind} span={span} />
      </div>
      <Listing name={kind} label={kindsName(kind)} columns={columns} query={query} rowKey={rowKey} fields={fields} sort={DEFAULT_SORT}
        placeholder={text.searchPlaceholder[kind]} exportPath={thingsPath(kind, filter)} empty={{ title: text.empty(kindsName(kind)), hint: text.emptyTry[kind] }}
        renderBulk={canBeListed(kind) ? (keys, done) => <DecideMenu subjects={subjectsOf(keys)} actions={["block", "allow", "watch"]} onDone={done} /> : undefined} />
    </>
  );
}
