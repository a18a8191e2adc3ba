/** The shape of the range: events by what they are, new users by how far they are trusted. */
import { useQuery } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type PlotSeries, SeriesPlot } from "../../components/series-plot";
import { Bone, Empty, Failure } from "../../components/states";
import { zone } from "../../lib/clock";
import { rangeBefore } from "../../lib/range";
import { useStore } from "../../lib/store";
import { useUrl } from "../../lib/url";
import { strings } from "../../strings";
import { overview as text } from "../../strings/overview";
import { eventSeriesQuery, type Span, userSeriesQuery } from "./queries";

const HEIGHT = 180;
const BANDS = [["high", "normal"], ["medium", "editing"], ["low", "alert"]] as const;

/** Brushing a span makes it the range of the page. */
function useBrush() {
  const [, change] = useUrl();
  return (from: number, to: number) => change({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), range: undefined }, { step: true });
}

export function EventChart({ span }: { span: Span }) {
  const [search] = useUrl();
  const compare = search["compare"] === "1";
  const query = useQuery(eventSeriesQuery(span));
  const earlier = useQuery({ ...eventSeriesQuery(rangeBefore(span)), enabled: compare });
  const shownZone = useStore(zone);
  const onBrush = useBrush();
  const buckets = query.data?.buckets ?? [];
  const series: PlotSeries[] = (["normal", "editing", "alert"] as const).map((severity) => ({
    label: strings.severity[severity], tone: severity, values: buckets.map((bucket) => bucket[severity]),
  }));
  const before = compare ? earlier.data?.buckets : undefined;
  if (before) {
    const totals = buckets.map((_, index) => { const bucket = before[index]; return bucket ? bucket.normal + bucket.editing + bucket.alert : null; });
    series.push({ label: text.events.total, tone: "muted", before: true, values: totals });
  }
  const isEmpty = buckets.every(({ normal, editing, alert }) => normal + editing + alert === 0);
  return (
    <Chart title={text.events.title} query={query} isEmpty={isEmpty} none={text.events.none} noneTry={text.events.noneTry}
      note={query.data?.complete === false ? text.events.incomplete : text.events.brush}>
      <SeriesPlot label={text.events.title} shape="columns" zone={shownZone} height={HEIGHT} times={buckets.map(({ time }) => Date.parse(time))} series={series} onBrush={onBrush} />
    </Chart>
  );
}

export function UserChart({ span }: { span: Span }) {
  const query = useQuery(userSeriesQuery(span));
  const shownZone = useStore(zone);
  const onBrush = useBrush();
  const buckets = query.data?.buckets ?? [];
  const series = BANDS.map(([band, tone]): PlotSeries => ({ label: strings.bandTrust[band], tone, values: buckets.map((bucket) => bucket[band]) }));
  const isEmpty = buckets.every(({ low, medium, high }) => low + medium + high === 0);
  return (
    <Chart title={text.users.title} query={query} isEmpty={isEmpty} none={text.users.none} noneTry={text.users.noneTry}>
      <SeriesPlot label={text.users.title} shape="columns" zone={shownZone} height={HEIGHT} times={buckets.map(({ time }) => Date.parse(time))} series={series} onBrush={onBrush} />
    </Chart>
  );
}

interface ChartProps {
  title: string;
  query: UseQueryResult;
  isEmpty: boolean;
  none: string;
  noneTry: string;
  note?: string;
  children: ReactNode;
}

function Chart({ title, query, isEmpty, none, noneTry, note, children }: ChartProps) {
  return (
    <section className="card overview__chart" aria-label={title}>
      <header className="overview__head">
        <h2>{title}</h2>
        {note !== undefined && !isEmpty && <p className="muted small overview__note">{note}</p>}
      </header>
      <div className="overview__plot">
        {query.isPending ? <Bone size="l" />
          : query.data === undefined ? <Failure error={query.error} onRetry={() => void query.refetch()} />
          : isEmpty ? <Empty title={none} hint={noneTry} /> : children}
      </div>
    </section>
  );
}
