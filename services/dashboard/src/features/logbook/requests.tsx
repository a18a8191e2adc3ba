/** Requests of producers over time, and one by one. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { pathOfList } from "../../api/paging";
import type { FilterField } from "../../components/listing/fields";
import { Listing } from "../../components/listing/listing";
import { type PlotSeries, SeriesPlot } from "../../components/series-plot";
import { useNow, zone } from "../../lib/clock";
import { closedRange, useRange } from "../../lib/range";
import { useStore } from "../../lib/store";
import { useUrl } from "../../lib/url";
import { logbook as text } from "../../strings/logbook";
import { CHART_PX, ChartCard, useBrush } from "../events/chart-card";
import { lineColumns } from "./columns";
import { LineDrawer } from "./line-drawer";
import { type Line, lineFilter, lineSeriesQuery, linesQuery, STATUS_CLASSES } from "./queries";

const fields: readonly FilterField[] = [
  { key: "status", name: text.fields.status, options: STATUS_CLASSES.map((value) => ({ value, label: text.classes[value] })) },
  { key: "endpoint", name: text.fields.endpoint, example: "/v1/events" },
];
const TONES = [["accepted", "good"], ["refused", "warn"], ["failed", "alert"]] as const;
const rowKey = (line: Line) => String(line.line_id);

export function Requests() {
  const [search] = useUrl();
  const range = useRange();
  const filter = lineFilter(search, range);
  const query = useInfiniteQuery(linesQuery(filter));
  const opened = search["open"];
  return (
    <>
      <Chart />
      <Listing name="logbook" label={text.tabs.requests} columns={lineColumns} query={query} rowKey={rowKey} fields={fields} placeholder={text.placeholder}
        rowClass={(line) => (opened === rowKey(line) ? "is-open" : "")} exportPath={pathOfList("/api/v1/logbook", filter)}
        empty={{ title: text.empty, hint: text.emptyTry, action: <Link to="/settings/{-$section}" params={{ section: "keys" }} className="button">{text.toKeys}</Link> }} />
      {opened !== undefined && <LineDrawer key={opened} lineId={Number(opened)} />}
    </>
  );
}

function Chart() {
  const range = useRange();
  const now = useNow();
  const query = useQuery(lineSeriesQuery(closedRange(range, now)));
  const shownZone = useStore(zone);
  const onBrush = useBrush();
  const buckets = query.data?.buckets ?? [];
  const series = TONES.map(([key, tone]): PlotSeries => ({ label: text.chart[key], tone, values: buckets.map((bucket) => bucket[key]) }));
  const isEmpty = buckets.every(({ accepted, refused, failed }) => accepted + refused + failed === 0);
  return (
    <div className="logbook__chart">
      <ChartCard title={text.chart.title} query={query} isEmpty={isEmpty} none={text.chart.none} noneTry={text.chart.noneTry} note={text.chart.brush}>
        <SeriesPlot label={text.chart.title} shape="columns" zone={shownZone} height={CHART_PX} times={buckets.map(({ time }) => Date.parse(time))} series={series} onBrush={onBrush} />
      </ChartCard>
    </div>
  );
}
