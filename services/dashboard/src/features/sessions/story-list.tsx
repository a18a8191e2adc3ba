/** The events of a session one after the other, with pauses and changes between them. */
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { Event } from "../../api/types";
import { Tag } from "../../components/tag";
import { severityOf } from "../../lib/band";
import { zone } from "../../lib/clock";
import { countryName, duration, pathOf } from "../../lib/format";
import { useStore } from "../../lib/store";
import { absoluteTime, clockTime } from "../../lib/time";
import { strings } from "../../strings";
import { sessions as text } from "../../strings/sessions";
import { eventLabel } from "../events/columns";
import { type Step, storyOf, type StoryChange } from "./story";

/** A shorter pause is how people read. */
const PAUSE_SECONDS = 60;

export function StoryList({ events, openId }: { events: readonly Event[]; openId?: string }) {
  return (
    <ol>
      {storyOf(events).map((step) => (
        <Fragment key={step.event.event_id}>
          {step.after !== null && step.after >= PAUSE_SECONDS && <li className="story__between"><span>{text.gap(duration(step.after))}</span></li>}
          {step.changes.map((change) => <li key={change} className="story__change"><Tag meaning="warn">{changeWords(change, step)}</Tag></li>)}
          <StoryStep event={step.event} isOpen={step.event.event_id === openId} />
        </Fragment>
      ))}
    </ol>
  );
}

function changeWords(change: StoryChange, { event }: Step): string {
  if (change === "address") return text.changes.address(event.ip);
  if (change === "device") return text.changes.device(event.device?.label ?? "");
  return text.changes.country(countryName(event.country ?? ""));
}

function StoryStep({ event, isOpen }: { event: Event; isOpen: boolean }) {
  const shownZone = useStore(zone);
  const severity = severityOf(event.severity);
  const fired = [...event.event_hits.filter((hit) => !hit.is_shadow), ...event.hits].filter((hit) => hit.weight !== 0);
  return (
    <li className={`story__step ${isOpen ? "is-open" : ""}`}>
      <time className="story__time" dateTime={event.event_time} title={absoluteTime(event.event_time, shownZone)}>{clockTime(event.event_time, shownZone)}</time>
      <span className="story__what">
        <Link to="." search={(previous) => ({ ...previous, event: event.event_id })} preload={false} resetScroll={false} className="list__open">{eventLabel(event.event_type)}</Link>
        {severity !== "normal" && <Tag meaning={severity === "alert" ? "bad" : "warn"}>{strings.severityTag[severity]}</Tag>}
        {event.url && <span className="mono muted ellipsis" title={event.url}><bdi>{pathOf(event.url)}</bdi></span>}
        {typeof event.http_code === "number" && event.http_code >= 400 && <Tag>{strings.events.status(event.http_code)}</Tag>}
        {fired.map((hit) => <Tag key={hit.rule_id} meaning="notice">{hit.name}</Tag>)}
      </span>
      {typeof event.risk_score === "number" && <span className="story__risk" title={strings.riskTitle(event.risk_score)}>{event.risk_score}</span>}
    </li>
  );
}
