/** Events over time by what they are to an analyst, and those of the time before as a dashed line. */
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { type PlotSeries, SeriesPlot } from "../../components/series-plot";
import { SEVERITIES } from "../../lib/band";
import { zone } from "../../lib/clock";
import { rangeBefore } from "../../lib/range";
import { useStore } from "../../lib/store";
import { useUrl } from "../../lib/url";
import { strings } from "../../strings";
import { overview as text } from "../../strings/overview";
import { CHART_PX, ChartCard, useBrush } from "./chart-card";

const REFRESH_MS = 15_000;

export interface Span {
  from: string;
  to: string;
}

const eventSeriesQuery = (span: Span) =>
  queryOptions({
    queryKey: ["event-series", span],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/series/events", { signal, params: { query: span } })),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });

type Bucket = Record<(typeof SEVERITIES)[number], number>;
const sum = ({ normal, editing, alert }: Bucket) => normal + editing + alert;

export function EventChart({ span, note = text.events.brush }: { span: Span; note?: string }) {
  const [search] = useUrl();
  const isCompared = search["compare"] === "1";
  const query = useQuery(eventSeriesQuery(span));
  const earlier = useQuery({ ...eventSeriesQuery(rangeBefore(span)), enabled: isCompared });
  const shownZone = useStore(zone);
  const onBrush = useBrush();
  const buckets = query.data?.buckets ?? [];
  const series: PlotSeries[] = SEVERITIES.map((severity) => ({ label: strings.severity[severity], tone: severity, values: buckets.map((bucket) => bucket[severity]) }));
  const before = isCompared ? earlier.data?.buckets : undefined;
  if (before) {
    const totals = buckets.map((_, index) => { const bucket = before[index]; return bucket ? sum(bucket) : null; });
    series.push({ label: text.events.total, tone: "muted", before: true, values: totals });
  }
  return (
    <ChartCard title={text.events.title} query={query} isEmpty={buckets.every((bucket) => sum(bucket) === 0)} none={text.events.none} noneTry={text.events.noneTry}
      note={query.data?.complete === false ? text.events.incomplete : note}>
      <SeriesPlot label={text.events.title} shape="columns" zone={shownZone} height={CHART_PX} times={buckets.map(({ time }) => Date.parse(time))} series={series} onBrush={onBrush} />
    </ChartCard>
  );
}
