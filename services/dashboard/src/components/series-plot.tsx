/** A chart of one or more series over time: brush to zoom, one cursor for all charts of a page, the time before as a dashed line. */
import { lazy, Suspense } from "react";
import { Bone } from "./states";
import "./series-plot.css";

export type Tone = "normal" | "editing" | "alert" | "good" | "warn" | "accent" | "muted";

export interface PlotSeries {
  label: string;
  tone: Tone;
  values: readonly (number | null)[];
  /** Drawn as a dashed line: the same series in the time before. */
  before?: boolean;
}

export interface SeriesPlotProps {
  label: string;
  /** Starts of the buckets, in milliseconds. */
  times: readonly number[];
  series: readonly PlotSeries[];
  /** Stacked columns show parts of a whole, lines things beside each other, steps what holds until it changes. */
  shape: "columns" | "lines" | "steps";
  zone: string;
  height?: number;
  /** A span was brushed, in milliseconds. */
  onBrush?: (from: number, to: number) => void;
}

// The chart library is large and what it draws is never the first thing read.
const Plot = lazy(() => import("./plot").then(({ Plot: component }) => ({ default: component })));

export function SeriesPlot(props: SeriesPlotProps) {
  return (
    <Suspense fallback={<div className="plot plot--waiting" style={{ height: props.height ?? 160 }}><Bone size="l" /></div>}>
      <Plot {...props} />
    </Suspense>
  );
}
