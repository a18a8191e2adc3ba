/** New users over time, by how far they are trusted now. */
import { useQuery } from "@tanstack/react-query";
import { type PlotSeries, SeriesPlot } from "../../components/series-plot";
import { zone } from "../../lib/clock";
import { useStore } from "../../lib/store";
import { strings } from "../../strings";
import { overview as text } from "../../strings/overview";
import { CHART_PX, ChartCard, useBrush } from "../events/chart-card";
import type { Span } from "../events/event-chart";
import { userSeriesQuery } from "./queries";

const BANDS = [["high", "normal"], ["medium", "editing"], ["low", "alert"]] as const;

export function UserChart({ span }: { span: Span }) {
  const query = useQuery(userSeriesQuery(span));
  const shownZone = useStore(zone);
  const onBrush = useBrush();
  const buckets = query.data?.buckets ?? [];
  const series = BANDS.map(([band, tone]): PlotSeries => ({ label: strings.bandTrust[band], tone, values: buckets.map((bucket) => bucket[band]) }));
  const isEmpty = buckets.every(({ low, medium, high }) => low + medium + high === 0);
  return (
    <ChartCard title={text.users.title} query={query} isEmpty={isEmpty} none={text.users.none} noneTry={text.users.noneTry}>
      <SeriesPlot label={text.users.title} shape="columns" zone={shownZone} height={CHART_PX} times={buckets.map(({ time }) => Date.parse(time))} series={series} onBrush={onBrush} />
    </ChartCard>
  );
}
