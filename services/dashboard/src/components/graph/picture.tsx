import { Link } from "@tanstack/react-router";
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, type SimulationNodeDatum } from "d3-force";
import { useMemo, useState } from "react";
import { zone } from "../../lib/clock";
import { isKind } from "../../lib/kinds";
import { useStore } from "../../lib/store";
import { shortTime } from "../../lib/time";
import { graph as text } from "../../strings/graph";
import { type GraphLink, type GraphNode, linking, type merged, wordsOf } from "./merge";

const WIDTH = 960;
const HEIGHT = 480;
const MARGIN = 40;
/** The layout is computed at once: nothing moves while one reads. */
const TICKS = 240;

interface Placed extends SimulationNodeDatum {
  node: GraphNode;
}

interface PictureProps {
  graph: ReturnType<typeof merged>;
  onWalk: (node: GraphNode) => void;
}

export function Picture({ graph, onWalk }: PictureProps) {
  const places = useMemo(() => layout(graph), [graph]);
  const [pointed, setPointed] = useState<GraphNode | null>(null);
  const links = graph.links.filter(({ user, entity }) => places.has(user) && places.has(entity));
  const nodes = [...places.values()];
  const users = nodes.filter(({ node }) => node.user).length;
  return (
    <>
      <svg className="graph__picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={text.label(users, nodes.length - users)}>
        {links.map((link) => <Line key={link.user + link.entity} link={link} places={places} lit={pointed !== null && (link.user === pointed.name || link.entity === pointed.name)} />)}
        {nodes.map((placed) => <Dot key={placed.node.name} placed={placed} onWalk={onWalk} onPoint={setPointed} />)}
      </svg>
      <Readout node={pointed ?? nodes[0]?.node} links={links} />
    </>
  );
}

function layout(graph: PictureProps["graph"]): Map<string, Placed> {
  const shown = linking(graph);
  const nodes: Placed[] = graph.nodes.filter(({ name }) => shown.has(name)).map((node) => ({ node }));
  const byName = new Map(nodes.map((placed) => [placed.node.name, placed]));
  const ties = graph.links.flatMap(({ user, entity }) => (byName.has(user) && byName.has(entity) ? [{ source: user, target: entity }] : []));
  forceSimulation(nodes)
    .force("link", forceLink<Placed, { source: string | Placed; target: string | Placed }>(ties).id(({ node }) => node.name).distance(70))
    .force("apart", forceManyBody().strength(-220))
    .force("room", forceCollide(26))
    .force("centre", forceCenter(WIDTH / 2, HEIGHT / 2))
    .stop()
    .tick(TICKS);
  fit(nodes);
  return byName;
}

/** Scales the layout into the picture. */
function fit(nodes: readonly Placed[]): void {
  const xs = nodes.map(({ x = 0 }) => x);
  const ys = nodes.map(({ y = 0 }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const scale = Math.min((WIDTH - 2 * MARGIN) / Math.max(1, Math.max(...xs) - left), (HEIGHT - 2 * MARGIN) / Math.max(1, Math.max(...ys) - top), 1.6);
  const spareX = (WIDTH - 2 * MARGIN - (Math.max(...xs) - left) * scale) / 2;
  const spareY = (HEIGHT - 2 * MARGIN - (Math.max(...ys) - top) * scale) / 2;
  for (const placed of nodes) {
    placed.x = MARGIN + spareX + ((placed.x ?? 0) - left) * scale;
    placed.y = MARGIN + spareY + ((placed.y ?? 0) - top) * scale;
  }
}

function Line({ link, places, lit }: { link: GraphLink; places: Map<string, Placed>; lit: boolean }) {
  const [from, to] = [places.get(link.user), places.get(link.entity)];
  const width = 1 + Math.min(4, Math.log10(link.strength + 1) * 1.5);
  return <line className={`graph__line ${lit ? "is-lit" : ""}`} x1={from?.x} y1={from?.y} x2={to?.x} y2={to?.y} strokeWidth={width} />;
}

interface DotProps {
  placed: Placed;
  onWalk: (node: GraphNode) => void;
  onPoint: (node: GraphNode) => void;
}

function Dot({ placed, onWalk, onPoint }: DotProps) {
  const { node, x = 0, y = 0 } = placed;
  const words = wordsOf(node);
  const band = node.user?.band ?? "";
  const choose = () => onWalk(node);
  return (
    <g className={`graph__node ${node.user ? `graph__node--user graph__node--${band}` : ""} ${node.depth === 0 ? "is-root" : ""}`} transform={`translate(${x} ${y})`}
      role="button" tabIndex={0} aria-label={text.walk(words)} onClick={choose} onPointerEnter={() => onPoint(node)} onFocus={() => onPoint(node)}
      onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); } }}>
      {node.user ? <circle r={10} /> : <rect x={-8} y={-8} width={16} height={16} rx={3} />}
      <text y={24}>{words.length > 22 ? `${words.slice(0, 21)}…` : words}</text>
    </g>
  );
}

function Readout({ node, links }: { node: GraphNode | undefined; links: readonly GraphLink[] }) {
  const shownZone = useStore(zone);
  if (!node) return null;
  const own = links.filter((link) => link.user === node.name || link.entity === node.name);
  const times = own.flatMap((link) => [link.first_seen, link.last_seen]).toSorted();
  const [first, last] = [times[0], times.at(-1)];
  const target = node.user ? { to: "/users/$userId", params: { userId: node.user.user_id } } as const
    : node.entity && isKind(node.entity.kind) ? { to: "/$kind/$key", params: { kind: node.entity.kind, key: node.entity.id } } as const : null;
  return (
    <p className="graph__readout" role="status">
      <strong><bdi>{wordsOf(node)}</bdi></strong>
      {typeof node.users === "number" && <span>{text.users(node.users)}</span>}
      <span>{text.strength(own.reduce((sum, { strength }) => sum + strength, 0))}</span>
      {first !== undefined && last !== undefined && <span className="muted">{text.seen(shortTime(first, shownZone), shortTime(last, shownZone))}</span>}
      {target && <Link {...target}>{text.open}</Link>}
    </p>
  );
}
