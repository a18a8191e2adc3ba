/** How one event reads in a row. */
import { Link } from "@tanstack/react-router";
import type { Event } from "../../api/types";
import { EntityChip, UserChip } from "../../components/entity-chip";
import { DeviceIcon } from "../../components/icons";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { severityOf } from "../../lib/band";
import { pathOf } from "../../lib/format";
import { strings } from "../../strings";
import { activity } from "../../strings/activity";

export const EVENTS_LIST = "events";
const heads = activity.columns;

export function eventLabel(eventType: string): string {
  return strings.eventTypes[eventType] ?? eventType.replaceAll("_", " ");
}

/** "Viewed a page /orders/12": what a row says, as one sentence. */
export function eventSentence(event: Event): string {
  return event.url ? `${eventLabel(event.event_type)} ${pathOf(event.url)}` : eventLabel(event.event_type);
}

export function userName(event: Event): string {
  return event.user_email || event.user_id;
}

export const eventColumns: readonly ListColumn<Event>[] = [
  { key: "time", name: heads.time, width: "112px", phone: "side", cell: (event) => <span className="muted"><TimeAgo iso={event.event_time} /></span> },
  { key: "user", name: heads.user, width: "minmax(0, 1.3fr)", phone: "below", cell: (event) => <UserChip userId={event.user_id} email={event.user_email} score={event.trust_score} /> },
  { key: "what", name: heads.what, width: "minmax(0, 2.4fr)", phone: "main", cell: (event) => <What event={event} /> },
  { key: "address", name: heads.address, width: "minmax(0, 1.1fr)", phone: "end", cell: (event) => <Address event={event} /> },
  { key: "device", name: heads.device, width: "minmax(0, 1fr)", cell: (event) => <Device event={event} /> },
  { key: "risk", name: heads.risk, width: "40px", numeric: true, cell: ({ risk_score: score }) =>
    typeof score === "number" ? <span title={strings.riskTitle(score)}>{score}</span> : <Missing why={strings.missing.risk} /> },
  { key: "status", name: heads.status, width: "56px", numeric: true, optional: true, cell: ({ http_code: code }) => code ?? <Missing why={strings.missing.http} /> },
  { key: "session", name: heads.session, width: "76px", optional: true, cell: (event) => <Session event={event} /> },
  { key: "received", name: heads.received, width: "112px", optional: true, cell: (event) => <span className="muted"><TimeAgo iso={event.received_at} /></span> },
  { key: "id", name: heads.id, width: "minmax(0, 1fr)", optional: true, cell: (event) => <bdi className="mono">{event.event_id}</bdi> },
];
/** On the page of one user the user column would say the same in every row. */
export const ownEventColumns: readonly ListColumn<Event>[] = eventColumns.filter(({ key }) => key !== "user");

function Address({ event }: { event: Event }) {
  return (
    <span className="address">
      <EntityChip kind="addresses" id={event.ip} icon={false} />
      {event.country ? <EntityChip kind="countries" id={event.country} label={event.country} icon={false} /> : <Missing why={strings.missing.country} />}
    </span>
  );
}

/** Devices of a class have no page of their own; their events are found by the filter. */
function Device({ event: { device } }: { event: Event }) {
  if (!device) return <Missing why={strings.missing.device} />;
  return (
    <Link to="/activity" search={{ device: device.device_id }} className="device list__above" title={activity.deviceEvents(device.label)}>
      <DeviceIcon kind={device.kind} />
      <bdi className="ellipsis">{device.label}</bdi>
    </Link>
  );
}

function Session({ event }: { event: Event }) {
  return (
    <Link to="/sessions/$userId/$number" params={{ userId: event.user_id, number: event.session_id }} className="list__above" title={activity.sessionTitle}>
      {event.session_id}
    </Link>
  );
}

function What({ event }: { event: Event }) {
  const severity = severityOf(event.severity);
  const fired = [...event.event_hits.filter((hit) => !hit.is_shadow), ...event.hits].filter((hit) => hit.weight !== 0);
  const first = fired[0];
  return (
    <span className="what">
      <Link to="." search={(previous) => ({ ...previous, event: event.event_id })} preload={false} resetScroll={false} className="list__open what__label"
        id={`event-${event.event_id}`} aria-label={strings.events.open(eventSentence(event), userName(event))}>
        {eventLabel(event.event_type)}
      </Link>
      {severity !== "normal" && <Tag meaning={severity === "alert" ? "bad" : "warn"}>{strings.severityTag[severity]}</Tag>}
      {event.url && <span className="what__path mono muted" title={event.url}><bdi>{pathOf(event.url)}</bdi></span>}
      {isFailure(event.http_code) && <Tag>{strings.events.status(event.http_code)}</Tag>}
      {first && (
        <Tag meaning="notice" title={strings.events.firedTitle(fired.map((hit) => `${hit.rule_id} ${hit.name}`).join(", "))}>
          {strings.events.fired(first.name, fired.length - 1)}
        </Tag>
      )}
    </span>
  );
}

function isFailure(code: number | null | undefined): code is number {
  return typeof code === "number" && code >= 400;
}
