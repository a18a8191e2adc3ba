/** Numbers of the range beside those of the range before. Each is a door to what it counts. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bone } from "../../components/states";
import { compactCount, count } from "../../lib/format";
import { SEVERITY_TYPES } from "../../lib/event-types";
import type { Range } from "../../lib/range";
import { overview as text } from "../../strings/overview";
import { reviewCountsQuery } from "../shell/nav";
import { type Door, eventsDoor, rangeSearch } from "./doors";
import { change, isRise } from "./findings";
import type { Compared, Kpis } from "./queries";
import { spanBefore } from "./summary";

interface Tile {
  name: string;
  door: Door;
  of: (kpis: Kpis) => Compared;
  /** More of it is worse. */
  isBad?: boolean;
}

function tilesOf(range: Range): { first: Tile[]; second: Tile[] } {
  const search = rangeSearch(range);
  const kinds = ["addresses", "networks", "countries", "devices", "resources"] as const;
  return {
    first: [
      { name: text.tiles.alerts, door: eventsDoor(range, { event_type: SEVERITY_TYPES.alert }), of: (kpis) => kpis.alerts, isBad: true },
      { name: text.tiles.login_failures, door: eventsDoor(range, { event_type: "account_login_fail" }), of: (kpis) => kpis.login_failures, isBad: true },
      { name: text.tiles.events, door: eventsDoor(range), of: (kpis) => kpis.events },
      { name: text.tiles.users, door: { to: "/users", search: { ...search, seen_from: range.from } }, of: (kpis) => kpis.users.active },
      { name: text.tiles.fresh, door: { to: "/users", search: { ...search, since_from: range.from, sort: "-first_seen" } }, of: (kpis) => kpis.users.fresh },
    ],
    second: [
      { name: text.tiles.sessions, door: { to: "/sessions", search }, of: (kpis) => kpis.sessions },
      ...kinds.map((kind): Tile => ({ name: text.tiles[kind], door: { to: `/${kind}`, search }, of: (kpis) => kpis[kind].active })),
    ],
  };
}

export function Tiles({ kpis, range }: { kpis?: Kpis; range: Range }) {
  const { first, second } = tilesOf(range);
  const draw = (tile: Tile) => <TileLink key={tile.name} tile={tile} kpis={kpis} before={spanBefore(range)} />;
  return (
    <section aria-label={text.tiles.label} className="kpis" aria-busy={kpis === undefined}>
      <Waiting fresh={kpis?.in_review.fresh.now} />
      {first.map(draw)}
      {second.map(draw)}
    </section>
  );
}

function TileLink({ tile: { name, door, of, isBad = false }, kpis, before }: { tile: Tile; kpis?: Kpis; before: string }) {
  const compared = kpis && of(kpis);
  const words = compared && change(compared);
  const title = compared && text.change.title(count(compared.now), count(compared.before), before);
  const isWarning = isBad && compared !== undefined && isRise(compared);
  return (
    <Link {...door} className="kpi card" title={title}>
      <span className="kpi__name">{name}</span>
      <span className="kpi__value">{compared ? compactCount(compared.now) : <Bone size="m" />}</span>
      <span className={`kpi__note ellipsis ${isWarning ? "kpi__note--warn" : ""}`}>{words ?? <Bone size="m" />}</span>
    </Link>
  );
}

/** Right now, whatever the range. */
function Waiting({ fresh }: { fresh?: number }) {
  const counts = useQuery(reviewCountsQuery).data;
  const note = counts && (counts.open === 0 ? text.tiles.waitingNone : text.tiles.waitingNote(counts.mine, fresh ?? 0));
  return (
    <Link to="/review" className="kpi card">
      <span className="kpi__name">{text.tiles.waiting}</span>
      <span className="kpi__value">{counts ? compactCount(counts.open) : <Bone size="m" />}</span>
      <span className="kpi__note ellipsis">{note ?? <Bone size="m" />}</span>
    </Link>
  );
}
