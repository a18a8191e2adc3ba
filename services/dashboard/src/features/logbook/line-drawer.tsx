/** One request beside the list, with all that was written down about it. */
import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../../api/problem";
import { CopyButton } from "../../components/copy-button";
import { Fact, Facts } from "../../components/facts";
import { Missing } from "../../components/missing";
import { Sheet } from "../../components/sheet";
import { Empty, Failure, Loading } from "../../components/states";
import { TimeExact } from "../../components/time";
import { count } from "../../lib/format";
import { useUrl } from "../../lib/url";
import { logbook as text } from "../../strings/logbook";
import { Status } from "./columns";
import { type Line, lineQuery } from "./queries";

export function LineDrawer({ lineId }: { lineId: number }) {
  const [, change] = useUrl();
  const query = useQuery(lineQuery(lineId));
  const unknown = query.error instanceof ApiError && query.error.kind === "not-found";
  return (
    <Sheet kind="drawer" label={text.line.label} title={text.line.title(lineId)} closeLabel={text.line.close} onClose={() => change({ open: undefined }, { step: true })}>
      {query.data ? <Whole line={query.data} />
        : query.isPending ? <Loading />
        : unknown ? <Empty title={text.line.missing} hint={text.line.missingTry} />
        : <Failure error={query.error} onRetry={() => void query.refetch()} />}
    </Sheet>
  );
}

function Whole({ line }: { line: Line }) {
  const { columns, none } = text;
  return (
    <div className="stack">
      <Facts>
        <Fact name={columns.time}><TimeExact iso={line.time} /></Fact>
        <Fact name={columns.producer}><bdi>{line.producer}</bdi></Fact>
        <Fact name={columns.source}>{line.source ? <span className="mono">{line.source}</span> : <Missing why={none.source} />}</Fact>
        <Fact name={columns.endpoint}><span className="mono">{line.endpoint}</span></Fact>
        <Fact name={columns.status}><Status status={line.status} /></Fact>
        <Fact name={columns.code}>{line.code ? <span className="mono">{line.code}</span> : <Missing why={none.code} />}</Fact>
        <Fact name={columns.field}>{line.field ? <bdi className="mono">{line.field}</bdi> : <Missing why={none.field} />}</Fact>
        <Fact name={columns.detail}>{line.detail ? <bdi>{line.detail}</bdi> : <Missing why={none.detail} />}</Fact>
        <Fact name={text.line.events}>{text.line.eventsOf(line.events_accepted, line.events_refused)}</Fact>
        <Fact name={columns.corrections}>{count(line.corrections)}</Fact>
      </Facts>
      <section aria-label={text.line.body}>
        <h3 className="line__title">{text.line.body} {line.body && <CopyButton text={line.body} what={text.line.bodyCopied} />}</h3>
        {line.body ? <><pre className="line__body mono"><bdi>{line.body}</bdi></pre><p className="muted small">{text.line.bodyHint}</p></> : <p className="muted small">{none.body}</p>}
      </section>
    </div>
  );
}
