/** Sessions as columns of three lanes: a change of device, place or address is a change of shade, and a mark. */
import { Link } from "@tanstack/react-router";
import type { Session } from "../../api/types";
import { zone } from "../../lib/clock";
import { countryName } from "../../lib/format";
import { useStore } from "../../lib/store";
import { shortTime } from "../../lib/time";
import { strings } from "../../strings";
import { user as text } from "../../strings/user";
import { changesOf, ranksOf } from "./changes";
import "./timeline.css";

const SHADES = 6;
/** More columns could not be told apart. */
const SHOWN_MAX = 60;

export function Timeline({ sessions }: { sessions: readonly Session[] }) {
  const shownZone = useStore(zone);
  const shown = sessions.slice(0, SHOWN_MAX);
  const changes = changesOf(shown);
  const lanes = {
    device: ranksOf(shown.map(({ device }) => device?.device_id ?? "")),
    place: ranksOf(shown.map(({ country }) => country ?? "")),
    address: ranksOf(shown.map(({ ip }) => ip)),
  };
  const order = shown.map((_, index) => index).toReversed();
  return (
    <div className="timeline">
      <div className="timeline__names small muted" aria-hidden="true">
        <span>{text.sessions.lanes.device}</span><span>{text.sessions.lanes.place}</span><span>{text.sessions.lanes.address}</span>
      </div>
      <ol className="timeline__columns" aria-label={text.sessions.timeline}>
        {order.map((index) => {
          const session = shown[index];
          if (!session) return null;
          const words = text.sessions.one(session.number, shortTime(session.started_at, shownZone), session.country ? countryName(session.country) : strings.dash,
            session.device?.label ?? strings.dash, session.events, session.alerts);
          return (
            <li key={session.number} className="timeline__column">
              <Link to="/sessions/$userId/$number" params={{ userId: session.user.user_id, number: String(session.number) }} title={words}>
                <span className="visually-hidden">{words}</span>
                <Cell shade={lanes.device[index]} changed={changes[index]?.includes("device")} />
                <Cell shade={lanes.place[index]} changed={changes[index]?.includes("place")} label={session.country} />
                <Cell shade={lanes.address[index]} changed={changes[index]?.includes("address")} />
                <span className={`timeline__alerts ${session.alerts > 0 ? "timeline__alerts--some" : ""}`} aria-hidden="true">{session.alerts > 0 ? "!" : ""}</span>
              </Link>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Cell({ shade = 0, changed = false, label }: { shade?: number; changed?: boolean; label?: string | null }) {
  return <span aria-hidden="true" className={`timeline__cell timeline__cell--${shade % SHADES} ${changed ? "is-changed" : ""}`}>{label}</span>;
}
