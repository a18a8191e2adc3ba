/** How one event reads in a table row. */
import { Link } from "@tanstack/react-router";
import type { Event } from "../../api/types";
import type { Column } from "../../components/data-table";
import { DeviceIcon } from "../../components/icons";
import { Missing } from "../../components/missing";
import { Score } from "../../components/score";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { severityOf } from "../../lib/band";
import { countryName, pathOf } from "../../lib/format";
import { strings } from "../../strings";

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

const time: Column<Event> = {
  key: "time",
  head: strings.events.columns.time,
  cell: (event) => (
    <span className="muted">
      <TimeAgo iso={event.event_time} />
    </span>
  ),
};

const user: Column<Event> = {
  key: "user",
  head: strings.events.columns.user,
  cell: (event) => (
    <span className="userchip">
      <Score score={event.trust_score} />
      <Link to="/users/$userId" params={{ userId: event.user_id }} className="userchip__name table__above" title={userName(event)}>
        <bdi>{userName(event)}</bdi>
      </Link>
    </span>
  ),
};

const what: Column<Event> = {
  key: "what",
  head: strings.events.columns.what,
  cell: (event) => <What event={event} />,
};

const address: Column<Event> = {
  key: "address",
  head: strings.events.columns.address,
  cell: (event) => (
    <span className="address">
      <span className="mono ellipsis" title={event.ip}>{event.ip}</span>
      {event.country ? (
        <span className="muted" title={countryName(event.country)}>{event.country}</span>
      ) : (
        <Missing why={strings.missing.country} />
      )}
    </span>
  ),
};

const device: Column<Event> = {
  key: "device",
  head: strings.events.columns.device,
  cell: (event) =>
    event.device ? (
      <span className="device" title={event.device.label}>
        <DeviceIcon kind={event.device.kind} />
        <span className="ellipsis">{event.device.label}</span>
      </span>
    ) : (
      <Missing why={strings.missing.device} />
    ),
};

const risk: Column<Event> = {
  key: "risk",
  head: strings.events.columns.risk,
  cell: ({ risk_score: score }) =>
    typeof score === "number" ? <span title={strings.riskTitle(score)}>{score}</span> : <Missing why={strings.missing.risk} />,
};

export const eventColumns: readonly Column<Event>[] = [time, user, what, address, device, risk];
/** On the page of one user the user column would say the same in every row. */
export const ownEventColumns: readonly Column<Event>[] = [time, what, address, device, risk];

function What({ event }: { event: Event }) {
  const severity = severityOf(event.severity);
  const fired = [...event.event_hits.filter((hit) => !hit.is_shadow), ...event.hits].filter((hit) => hit.weight !== 0);
  const first = fired[0];
  return (
    <span className="what">
      <Link
        to="."
        search={(previous) => ({ ...previous, event: event.event_id })}
        preload={false}
        resetScroll={false}
        className="table__open what__label"
        id={`event-${event.event_id}`}
        aria-label={strings.events.open(eventSentence(event), userName(event))}
      >
        {eventLabel(event.event_type)}
      </Link>
      {severity !== "normal" && (
        <Tag meaning={severity === "alert" ? "bad" : "warn"}>{strings.severityTag[severity]}</Tag>
      )}
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
