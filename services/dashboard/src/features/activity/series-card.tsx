import type { UseQueryResult } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { Overview, SeriesPoint } from "../../api/types";
import { Empty, Failure } from "../../components/states";
import { zone } from "../../lib/clock";
import { compactCount } from "../../lib/format";
import { SEVERITIES } from "../../lib/band";
import { useStore } from "../../lib/store";
import { bucketTime } from "../../lib/time";
import { strings } from "../../strings";
import type { ActivitySearch } from "./search";
import { SeriesChart } from "./series-chart";

const text = strings.activity.chart;

/** Events over time. A column is a door to its events: choosing it sets the span of the list. */
export function SeriesCard({ overview: query, search }: { overview: UseQueryResult<Overview>; search: ActivitySearch }) {
  const overview = query.data;
  const navigate = useNavigate();
  const shownZone = useStore(zone);
  const [pointed, setPointed] = useState<number | null>(null);
  const series = overview?.series ?? [];
  const bucketMs = (overview?.bucket_seconds ?? 3_600) * 1_000;
  const chosen = series.findIndex((point) => Date.parse(point.time) === Date.parse(search.from ?? ""));
  const read = (point: SeriesPoint) =>
    `${bucketTime(Date.parse(point.time), bucketMs, shownZone)}: ${text.read(point.normal, point.editing, point.alert)}`;
  const point = pointed === null ? undefined : series[pointed];

  const choose = (index: number) => {
    const time = Date.parse(series[index]?.time ?? "");
    if (Number.isNaN(time)) return;
    const span = { from: new Date(time).toISOString(), to: new Date(time + bucketMs).toISOString() };
    void navigate({ to: "/activity", search: { ...search, ...span, event: undefined }, resetScroll: false });
  };

  return (
    <section className="series card" aria-label={text.label}>
      <div className="series__head">
        <Legend series={series} known={overview !== undefined} />
        <p className="series__read muted">{point ? read(point) : (overview?.events ?? 0) > 0 && text.hint}</p>
      </div>
      <div className="series__plot">
        {query.isError && !overview ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : overview?.events === 0 ? (
          <Empty title={text.empty} hint={text.emptyTry} />
        ) : (
          series.length > 0 && (
            <SeriesChart series={series} bucketMs={bucketMs} zone={shownZone} pointed={pointed} chosen={chosen}
              onPoint={setPointed} onChoose={choose} read={read} />
          )
        )}
      </div>
    </section>
  );
}

function Legend({ series, known }: { series: readonly SeriesPoint[]; known: boolean }): ReactNode {
  return (
    <ul className="series__legend" title={text.marks}>
      {SEVERITIES.map((severity) => (
        <li key={severity}>
          <svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" rx="2" className={`series__${severity}`} /></svg>
          {strings.severity[severity]} {known && <b>{compactCount(series.reduce((sum, point) => sum + point[severity], 0))}</b>}
        </li>
      ))}
    </ul>
  );
}
