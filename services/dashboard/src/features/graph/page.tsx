/** Who is linked with whom: walked from one user or thing, or as the way between two. */
import { LinkGraph } from "../../components/graph/link-graph";
import { Empty } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { useUrl } from "../../lib/url";
import { graph as text } from "../../strings/graph";
import { Pick } from "./pick";
import { Way } from "./way";
import "./page.css";

export function GraphPage() {
  const [search, change] = useUrl();
  const from = { kind: search["kind"] ?? "users", key: search["key"] ?? "" };
  const to = { kind: search["to_kind"] ?? "users", key: search["to_key"] ?? "" };
  useTitle(text.title);
  const between = from.key !== "" && to.key !== "";
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1></header>
      <p className="page__lead">{text.lead}</p>
      <Pick key={JSON.stringify([from, to])} from={from} to={to}
        onPick={(one, other) => change({ kind: one.kind, key: one.key || undefined, to_kind: other.key ? other.kind : undefined, to_key: other.key || undefined })} />
      {from.key === "" && <Empty whole title={text.none} hint={text.startHint} />}
      {between && <Way from={from} to={to} />}
      {from.key !== "" && !between && <LinkGraph key={`${from.kind} ${from.key}`} kind={from.kind} id={from.key} />}
    </>
  );
}
