import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Event, EventDetail } from "../../api/types";
import { CopyButton } from "../../components/copy-button";
import { EntityChip } from "../../components/entity-chip";
import { Fact, Facts } from "../../components/facts";
import { Missing } from "../../components/missing";
import { Score } from "../../components/score";
import { Tag } from "../../components/tag";
import { TimeExact } from "../../components/time";
import { type Severity, severityOf } from "../../lib/band";
import { languageName } from "../../lib/format";
import { delayBetween } from "../../lib/time";
import { strings } from "../../strings";
import { activity } from "../../strings/activity";
import { eventLabel, userName } from "./columns";
import { EventWhy } from "./event-why";

const text = strings.event;
const MEANING: Record<Severity, "plain" | "warn" | "bad"> = { normal: "plain", editing: "warn", alert: "bad" };

/** An event of a list, or with all that is stored of it. */
type Shown = Event & Partial<EventDetail>;

/** All fields of an event, in the order a person asks: who, what, where, when, and what it did to the score. */
export function EventFacts({ event }: { event: Shown }) {
  return (
    <div className="eventfacts">
      <Who event={event} />
      <What event={event} />
      <Where event={event} />
      <When event={event} />
      <Scores event={event} />
      <EventWhy eventId={event.event_id} />
      <Sent event={event} />
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="eventfacts__part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** A value that may be missing, with the reason why. */
function orMissing(value: string | null | undefined, why: string, show: (value: string) => ReactNode = (it) => <bdi>{it}</bdi>) {
  return value ? show(value) : <Missing why={why} />;
}

function Who({ event }: { event: Shown }) {
  return (
    <Part title={text.who}>
      <Facts>
        <Fact name={text.user}>
          <Link to="/users/$userId" params={{ userId: event.user_id }}><bdi>{userName(event)}</bdi></Link>
        </Fact>
        <Fact name={text.userId}>
          <span className="mono"><bdi>{event.user_id}</bdi></span> <CopyButton text={event.user_id} what={text.userId} />
        </Fact>
        {changesOf(event).map(([name, value]) => <Fact key={name} name={name}><bdi>{value}</bdi></Fact>)}
        <Fact name={text.trust}><Score score={event.trust_score} worded /></Fact>
      </Facts>
    </Part>
  );
}

/** What the event changed of what was known of the user. */
function changesOf(event: Shown): [string, string][] {
  const names = [event.full_name, event.first_name, event.last_name].filter(Boolean).join(", ");
  const changes = [[text.newEmail, event.email], [text.newPhone, event.phone], [text.newName, names]] as const;
  return changes.flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));
}

function What({ event }: { event: Shown }) {
  const severity = severityOf(event.severity);
  const request = [event.http_method, event.http_code].filter(Boolean).join(" ");
  return (
    <Part title={text.what}>
      <Facts>
        <Fact name={text.kind}>
          {eventLabel(event.event_type)} <Tag meaning={MEANING[severity]}>{strings.severity[severity]}</Tag>
        </Fact>
        {/* Never a link: where it leads is for the sender to say, and the sender may be the attacker. */}
        <Fact name={text.url}>{orMissing(event.url, strings.missing.url, (url) => <span className="mono"><bdi>{url}</bdi></span>)}</Fact>
        <Fact name={text.pageTitle}>{orMissing(event.page_title, strings.missing.title)}</Fact>
        <Fact name={text.request}>{orMissing(request, strings.missing.http, (it) => <span className="mono">{it}</span>)}</Fact>
        {event.amount && <Fact name={text.amount}>{event.amount} {event.currency}</Fact>}
        <Fact name={text.referer}>{orMissing(event.referer, strings.missing.referer, (it) => <span className="mono"><bdi>{it}</bdi></span>)}</Fact>
      </Facts>
    </Part>
  );
}

function Where({ event }: { event: Shown }) {
  return (
    <Part title={text.where}>
      <Facts>
        <Fact name={text.address}>
          <EntityChip kind="addresses" id={event.ip} icon={false} /> <CopyButton text={event.ip} what={text.address} />
          <div><Link to="/activity" search={{ ip: event.ip }} className="facts__more">{text.allOfAddress}</Link></div>
        </Fact>
        {event.network && (
          <Fact name={text.network}>
            <EntityChip kind="networks" id={String(event.network.asn)} label={event.network.name ?? strings.unnamedNetwork} icon={false} /> <span className="mono muted">AS{event.network.asn}</span>
          </Fact>
        )}
        {event.address_kinds !== undefined && event.address_kinds.length > 0 && (
          <Fact name={text.addressKinds}>{event.address_kinds.map((kind) => strings.addressKinds[kind] ?? kind).join(", ")}</Fact>
        )}
        <Fact name={text.country}>{orMissing(event.country, strings.missing.country, (code) => <EntityChip kind="countries" id={code} icon={false} />)}</Fact>
        <Fact name={text.device}>{orMissing(event.device?.label, strings.missing.device)}</Fact>
        {event.device && <Fact name={text.deviceId}><Link to="/activity" search={{ device: event.device.device_id }} className="mono" title={activity.drawer.deviceEvents}>{event.device.device_id}</Link></Fact>}
        <Fact name={text.userAgent}>{orMissing(event.user_agent, strings.missing.userAgent)}</Fact>
        <Fact name={text.language}>{orMissing(event.language, strings.missing.language, (code) => `${languageName(code)} (${code})`)}</Fact>
        <Fact name={text.session}><Link to="/sessions/$userId/$number" params={{ userId: event.user_id, number: event.session_id }} className="mono" title={activity.drawer.session}>{event.session_id}</Link></Fact>
        {event.client_session_id && <Fact name={text.clientSessionId}><span className="mono"><bdi>{event.client_session_id}</bdi></span></Fact>}
      </Facts>
    </Part>
  );
}

function When({ event }: { event: Shown }) {
  const delay = delayBetween(event.event_time, event.received_at);
  return (
    <Part title={text.when}>
      <Facts>
        <Fact name={text.happened}><TimeExact iso={event.event_time} /></Fact>
        <Fact name={text.received}>
          <TimeExact iso={event.received_at} /> {delay && <span className="muted">{text.receivedAfter(delay)}</span>}
        </Fact>
        <Fact name={text.eventId}>
          <span className="mono">{event.event_id}</span> <CopyButton text={event.event_id} what={text.eventId} />
        </Fact>
        {event.client_event_id && <Fact name={text.clientEventId}><span className="mono"><bdi>{event.client_event_id}</bdi></span></Fact>}
        {event.trace_id && <Fact name={text.traceId}><span className="mono"><bdi>{event.trace_id}</bdi></span></Fact>}
      </Facts>
    </Part>
  );
}

function Scores({ event }: { event: Shown }) {
  return (
    <Part title={text.score}>
      <Facts>
        <Fact name={text.risk}>
          {typeof event.risk_score === "number" ? (
            <span title={strings.riskTitle(event.risk_score)}>{text.riskOf(event.risk_score)}</span>
          ) : (
            <Missing why={strings.missing.risk} />
          )}
        </Fact>
        {event.event_hits.length > 0 && (
          <Fact name={text.eventHits}>
            {event.event_hits.map((hit) => (
              <div key={hit.rule_id}><bdi>{hit.reason}</bdi> <span className="muted">{hit.name}</span> <span className="mono muted">{hit.rule_id}</span></div>
            ))}
          </Fact>
        )}
        <Fact name={text.hits}>
          {event.hits.length === 0 ? text.noHits : <Rules rules={event.hits} />}
        </Fact>
        {event.hits_ended !== undefined && event.hits_ended.length > 0 && (
          <Fact name={text.hitsEnded}><Rules rules={event.hits_ended} /></Fact>
        )}
        {event.corrections.length > 0 && (
          <Fact name={text.corrections}>{event.corrections.map((it) => <div key={it}><bdi>{it}</bdi></div>)}</Fact>
        )}
      </Facts>
    </Part>
  );
}

function Rules({ rules }: { rules: Event["hits"] }) {
  return rules.map((rule) => (
    <div key={rule.rule_id}>{rule.name} <span className="mono muted">{rule.rule_id}</span></div>
  ));
}

/** Fields that the event changed: before and after, side by side. */
function Changes({ changes }: { changes: readonly unknown[] }) {
  const drawer = activity.drawer;
  const word = (change: unknown, key: string) => (typeof change === "object" && change !== null ? String(Reflect.get(change, key) ?? "") : "");
  return (
    <table className="eventfacts__changes">
      <caption className="muted small">{drawer.changed}</caption>
      <thead><tr><th scope="col">{drawer.field}</th><th scope="col">{drawer.before}</th><th scope="col">{drawer.after}</th></tr></thead>
      <tbody>
        {changes.map((change, index) => (
          <tr key={word(change, "field_id") + String(index)}>
            <th scope="row"><bdi>{word(change, "field_name") || word(change, "field_id")}</bdi></th>
            <td className="eventfacts__was"><bdi>{word(change, "old_value") || drawer.nothing}</bdi></td>
            <td><bdi>{word(change, "new_value") || drawer.nothing}</bdi></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the producer attached, as it was sent. */
function Sent({ event }: { event: Shown }) {
  const parts = [[text.payload, event.payload], [text.custom, event.custom]] as const;
  const sent = parts.filter(([, value]) => value !== null && value !== undefined);
  const changes = event.field_history ?? [];
  if (sent.length === 0 && changes.length === 0) return null;
  return (
    <Part title={text.sent}>
      {changes.length > 0 && <Changes changes={changes} />}
      {sent.map(([name, value]) => (
        <figure key={name} className="eventfacts__sent">
          <figcaption className="muted small">{name}</figcaption>
          <pre className="mono">{JSON.stringify(value, null, 2)}</pre>
        </figure>
      ))}
    </Part>
  );
}
