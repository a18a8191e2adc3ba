/** Users linked by what they share: a picture to walk through, and the same as a list. */
import { queryOptions, useQueries, type UseQueryResult } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { answer, api } from "../../api/client";
import type { Graph } from "../../api/types";
import { graph as text } from "../../strings/graph";
import { AnyChip } from "../entity-chip";
import { Empty, Failure, Loading } from "../states";
import { TimeAgo } from "../time";
import { type GraphNode, merged, wordsOf } from "./merge";
import "./graph.css";

const Picture = lazy(() => import("./picture").then(({ Picture: component }) => ({ default: component })));

/** More would be a ball of wool. */
const LINKS_MAX = 120;
const DEPTH = 3;

export const graphQuery = (kind: string, key: string) =>
  queryOptions({
    queryKey: ["graph", kind, key],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/graph", { signal, params: { query: { kind, key, depth: DEPTH, limit: LINKS_MAX } } })),
  });

interface Root {
  kind: string;
  key: string;
}

export function LinkGraph({ kind, id }: { kind: string; id: string }) {
  const [walked, setWalked] = useState<readonly Root[]>([]);
  const roots = [{ kind, key: id }, ...walked];
  const { whole, isPending, error, retry } = useQueries({ queries: roots.map((root) => graphQuery(root.kind, root.key)), combine: joined });
  const walk = (node: GraphNode) => {
    const root = rootOf(node);
    if (root && !roots.some((known) => known.kind === root.kind && known.key === root.key)) setWalked([...walked, root]);
  };
  if (isPending) return <Loading />;
  if (error !== null) return <Failure error={error} onRetry={() => void retry?.()} />;
  if (whole.links.length === 0) return <Empty title={text.none} hint={text.noneTry} />;
  return (
    <div className="stack">
      {!whole.complete && <p className="muted small">{text.cut}</p>}
      <section className="card graph">
        <Suspense fallback={<Loading />}><Picture graph={whole} onWalk={walk} /></Suspense>
      </section>
      <LinkList whole={whole} />
    </div>
  );
}

/** What all walks gave together. The same answers give the same object, so that the picture is not laid out again. */
function joined(results: readonly UseQueryResult<Graph>[]) {
  const [first] = results;
  return {
    whole: merged(results.flatMap(({ data }) => (data ? [data] : []))),
    isPending: first?.isPending ?? true,
    error: first?.isError && !first.data ? first.error : null,
    retry: first?.refetch,
  };
}

function rootOf(node: GraphNode): Root | null {
  if (node.user) return { kind: "users", key: node.user.user_id };
  return node.entity ? { kind: node.entity.kind, key: node.entity.id } : null;
}

function LinkList({ whole }: { whole: ReturnType<typeof merged> }) {
  const nodes = new Map(whole.nodes.map((node) => [node.name, node]));
  const rows = whole.links.toSorted((one, other) => other.strength - one.strength);
  return (
    <details className="card graph__list">
      <summary>{text.list} · {rows.length}</summary>
      <div className="graph__scroll">
        <table>
          <thead><tr>{Object.values(text.columns).map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
          <tbody>
            {rows.map((link) => (
              <tr key={link.user + link.entity}>
                <td><NodeChip node={nodes.get(link.user)} /></td><td><NodeChip node={nodes.get(link.entity)} /></td>
                <td>{text.strength(link.strength)}</td><td><TimeAgo iso={link.first_seen} /></td><td><TimeAgo iso={link.last_seen} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function NodeChip({ node }: { node: GraphNode | undefined }) {
  if (!node) return null;
  return node.user ? <AnyChip kind="users" id={node.user.user_id} label={node.user.email} /> : <AnyChip kind={node.entity?.kind ?? ""} id={node.entity?.id ?? ""} label={wordsOf(node)} />;
}
