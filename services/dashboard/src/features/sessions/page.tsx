/** Runs of users' events, the newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Listing } from "../../components/listing/listing";
import { RangePicker } from "../../components/range-picker";
import { useTitle } from "../../lib/hooks";
import { useRange } from "../../lib/range";
import { useUrl } from "../../lib/url";
import { sessions as text } from "../../strings/sessions";
import { sessionColumns, sessionKey } from "./columns";
import { sessionFilter, sessionsPath, sessionsQuery } from "./queries";

const FIELDS = [
  { key: "user_id", name: text.fields.user }, { key: "ip", name: text.fields.address }, { key: "country", name: text.fields.country, example: "NG" },
  { key: "has_alerts", name: text.fields.alerts, options: [{ value: "true", label: text.some }] },
  { key: "has_changes", name: text.fields.changes, options: [{ value: "true", label: text.changed }] },
];

export function SessionsPage() {
  const [search] = useUrl();
  const filter = sessionFilter(search, useRange("all"));
  const query = useInfiniteQuery(sessionsQuery(filter));
  useTitle(text.title);
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1><RangePicker fallback="all" /></header>
      <Listing name="sessions" label={text.title} columns={sessionColumns} query={query} rowKey={sessionKey} fields={FIELDS} searchable={false}
        exportPath={sessionsPath(filter)} empty={{ title: text.none, hint: text.noneTry }} />
    </>
  );
}
