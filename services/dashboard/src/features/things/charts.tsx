/** A kind, or one thing of it, over time. A brushed span becomes the range of the page. */
import { useQuery } from "@tanstack/react-query";
import { SeriesPlot } from "../../components/series-plot";
import { SEVERITIES } from "../../lib/band";
import { zone } from "../../lib/clock";
import { type Kind, kindsName } from "../../lib/kinds";
import { useStore } from "../../lib/store";
import { strings } from "../../strings";
import { things as text } from "../../strings/things";
import { CHART_PX, ChartCard, useBrush } from "../events/chart-card";
import { kindSeriesQuery, type Span, thingSeriesQuery } from "./queries";

/** Counts up to this are exact; the API says so. */
const EXACT_MAX = 180;

export function KindChart({ kind, span }: { kind: Kind; span: Span }) {
  const shownZone = useStore(zone);
  const query = useQuery(kindSeriesQuery(kind, span, shownZone));
  const onBrush = useBrush();
  const buckets = query.data?.buckets ?? [];
  const title = text.series.title(kindsName(kind));
  const note = query.data?.complete === false ? text.partly : buckets.some(({ active }) => active > EXACT_MAX) ? text.series.estimate : text.series.note;
  return (
    <ChartCard title={title} query={query} isEmpty={buckets.every(({ active }) => active === 0)} none={text.series.none} noneTry={text.emptyTry[kind]} note={note}>
      <SeriesPlot label={title} shape="lines" zone={shownZone} height={CHART_PX} times={buckets.map(({ time }) => Date.parse(time))} onBrush={onBrush}
        series={[
          { label: text.series.active, tone: "normal", values: buckets.map(({ active }) => active) },
          { label: text.series.fresh, tone: "good", values: buckets.map(({ fresh }) => fresh) },
          { label: text.series.remarkable, tone: "warn", values: buckets.map(({ remarkable }) => remarkable) },
        ]} />
    </ChartCard>
  );
}

export function ThingChart({ kind, id, span }: { kind: Kind; id: string; span: Span }) {
  const shownZone = useStore(zone);
  const query = useQuery(thingSeriesQuery(kind, id, span, shownZone));
  const onBrush = useBrush();
  const buckets = query.data?.buckets ?? [];
  return (
    <ChartCard title={text.detailSeries} query={query} isEmpty={buckets.every((bucket) => SEVERITIES.every((severity) => bucket[severity] === 0))}
      none={text.series.none} noneTry={text.series.noneTry} note={query.data?.complete === false ? text.partly : text.series.note}>
      <SeriesPlot label={text.detailSeries} shape="columns" zone={shownZone} height={CHART_PX} times={buckets.map(({ time }) => Date.parse(time))} onBrush={onBrush}
        series={SEVERITIES.map((severity) => ({ label: strings.severity[severity], tone: severity, values: buckets.map((bucket) => bucket[severity]) }))} />
    </ChartCard>
  );
}
