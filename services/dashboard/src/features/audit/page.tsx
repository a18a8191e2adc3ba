/** Who did what, when and from where. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { paged, pathOfList } from "../../api/paging";
import type { components } from "../../api/schema";
import type { ListColumn } from "../../components/listing/column";
import type { FilterField } from "../../components/listing/fields";
import { Listing } from "../../components/listing/listing";
import { Missing } from "../../components/missing";
import { RangePicker } from "../../components/range-picker";
import { TimeAgo } from "../../components/time";
import { useTitle } from "../../lib/hooks";
import { useRange } from "../../lib/range";
import { useUrl } from "../../lib/url";
import { auditStrings as text } from "../../strings/audit";

type Line = components["schemas"]["AuditView"];

const fields: readonly FilterField[] = [
  { key: "action", name: text.fields.action, example: "user.block" },
  { key: "actor", name: text.fields.actor, example: "ada@example.org" },
];

const columns: readonly ListColumn<Line>[] = [
  { key: "actor", name: text.columns.actor, width: "minmax(140px, 1fr)", phone: "main", cell: (line) => <bdi title={line.actor}>{line.actor}</bdi> },
  { key: "action", name: text.columns.action, width: "150px", phone: "side", cell: (line) => <span className="mono small">{line.action}</span> },
  { key: "detail", name: text.columns.detail, width: "minmax(180px, 2fr)", phone: "below", cell: (line) => <bdi title={line.detail}>{line.detail}</bdi> },
  { key: "address", name: text.columns.address, width: "130px", cell: (line) => line.address ? <span className="mono">{line.address}</span> : <Missing why={text.ownProgram} /> },
  { key: "at", name: text.columns.at, width: "104px", numeric: true, phone: "end", cell: (line) => <span className="muted"><TimeAgo iso={line.at} /></span> },
  { key: "hash", name: text.columns.hash, width: "minmax(120px, 1fr)", optional: true, cell: (line) => <span className="mono small" title={line.hash}>{line.hash}</span> },
];

const rowKey = (line: Line) => String(line.seq);

export function AuditPage() {
  const [search] = useUrl();
  const { from, to } = useRange("all");
  const filter = { action: search["action"], actor: search["actor"], from, to };
  const query = useInfiniteQuery(paged(["audit", filter], (place, signal) =>
    answer(api.GET("/api/v1/audit", { signal, params: { query: { ...filter, ...place } } }))));
  useTitle(text.title);
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1><RangePicker fallback="all" /></header>
      <p className="page__lead">{text.lead} {text.verify} <code className="mono">innerwall-ctl audit verify</code>.</p>
      <Listing name="audit" label={text.title} columns={columns} query={query} rowKey={rowKey} fields={fields} searchable={false} exportPath={pathOfList("/api/v1/audit", filter)}
        empty={{ title: text.empty, hint: text.emptyTry }} />
    </>
  );
}
