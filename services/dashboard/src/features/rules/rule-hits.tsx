/** For whom, or on what, a rule fires. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Event, UserSummary } from "../../api/types";
import { EntityChip, UserChip } from "../../components/entity-chip";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { Missing } from "../../components/missing";
import { TimeAgo } from "../../components/time";
import { strings } from "../../strings";
import { rules as strings_ } from "../../strings/rules";
import { ruleEventsQuery, ruleUsersQuery } from "./queries";
import type { Rule } from "./types";

const text = strings_.rule;
const names = text.columns;

const USER_COLUMNS: readonly ListColumn<UserSummary>[] = [
  { key: "user", name: names.user, width: "minmax(200px, 1fr)", phone: "main", cell: ({ user_id: id, email, trust_score: score, band }) => <UserChip userId={id} email={email} score={score ?? null} band={band} covers /> },
  { key: "country", name: names.country, width: "160px", phone: "below", cell: ({ country }) => (country ? <EntityChip kind="countries" id={country} /> : <Missing why={strings.missing.country} />) },
  { key: "seen", name: names.seen, width: "110px", phone: "end", cell: ({ last_seen: at }) => <TimeAgo iso={at} /> },
];

const EVENT_COLUMNS: readonly ListColumn<Event>[] = [
  { key: "time", name: names.time, width: "110px", phone: "end", cell: ({ event_time: time }) => <TimeAgo iso={time} /> },
  { key: "user", name: names.user, width: "minmax(180px, 1fr)", phone: "below", cell: ({ user_id: id, user_email: email }) => <UserChip userId={id} email={email} /> },
  {
    key: "what", name: names.what, width: "180px", phone: "main",
    cell: ({ event_id: id, event_type: type }) => <Link to="/activity" search={{ event: id }} className="list__open">{strings.eventTypes[type] ?? type}</Link>,
  },
  { key: "address", name: names.address, width: "180px", cell: ({ ip }) => <EntityChip kind="addresses" id={ip} /> },
  { key: "risk", name: names.risk, width: "64px", numeric: true, phone: "side", cell: ({ risk_score: risk }) => (typeof risk === "number" ? <span title={strings.riskTitle(risk)}>{risk}</span> : <Missing why={strings.missing.risk} />) },
];

export function RuleHits({ rule }: { rule: Rule }) {
  return rule.scope === "event" ? <Events rule={rule} /> : <Users rule={rule} />;
}

function Users({ rule }: { rule: Rule }) {
  const query = useInfiniteQuery(ruleUsersQuery(rule.rule_id));
  return (
    <section className="page__section rule__hits">
      <div className="rule__sectionhead">
        <h2>{text.firesFor}</h2>
        {rule.users > 0 && <Link to="/users" search={{ rule: rule.rule_id }}>{text.allUsers(rule.users)}</Link>}
      </div>
      <Listing name="rule-users" label={text.firesFor} plain columns={USER_COLUMNS} query={query} rowKey={({ user_id: id }) => id} empty={{ title: text.nobody, hint: text.nobodyTry }} />
    </section>
  );
}

function Events({ rule }: { rule: Rule }) {
  const query = useInfiniteQuery(ruleEventsQuery(rule.rule_id));
  return (
    <section className="page__section rule__hits">
      <div className="rule__sectionhead"><h2>{text.firesOn}</h2></div>
      <Listing name="rule-events" label={text.firesOn} plain columns={EVENT_COLUMNS} query={query} rowKey={({ event_id: id }) => id} empty={{ title: text.noEvents, hint: text.noEventsTry }} />
    </section>
  );
}
