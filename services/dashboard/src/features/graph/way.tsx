/** The shortest way between two, step by step. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { AnyChip } from "../../components/entity-chip";
import { wordsOf } from "../../components/graph/merge";
import { Empty, Failure, Loading } from "../../components/states";
import { graph as text } from "../../strings/graph";
import type { End } from "./pick";

const wayQuery = (from: End, to: End) =>
  queryOptions({
    queryKey: ["graph-path", from, to],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/graph/path", { signal, params: { query: { from_kind: from.kind, from_key: from.key, to_kind: to.kind, to_key: to.key } } })),
  });

export function Way({ from, to }: { from: End; to: End }) {
  const query = useQuery(wayQuery(from, to));
  if (query.isPending) return <Loading />;
  if (!query.data) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  const { nodes, length, complete } = query.data;
  if (typeof length !== "number") return <Empty whole title={text.path.none} hint={complete ? text.path.noneTry : text.path.cut} />;
  return (
    <section className="card graphway">
      <h2>{text.path.steps(length)}</h2>
      <ol>
        {nodes.map((node) => (
          <li key={node.name}>
            {node.user ? <AnyChip kind="users" id={node.user.user_id} label={node.user.email} /> : <AnyChip kind={node.entity?.kind ?? ""} id={node.entity?.id ?? ""} label={wordsOf(node)} />}
            {typeof node.users === "number" && <span className="muted small">{text.users(node.users)}</span>}
          </li>
        ))}
      </ol>
      {!complete && <p className="muted small">{text.path.cut}</p>}
    </section>
  );
}
