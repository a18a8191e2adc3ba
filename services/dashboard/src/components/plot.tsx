import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { compactCount, count } from "../lib/format";
import { useStore } from "../lib/store";
import { theme } from "../lib/theme";
import { axisTime, bucketTime } from "../lib/time";
import { strings } from "../strings";
import { stacked, toneColour } from "./plot-data";
import type { SeriesPlotProps } from "./series-plot";

const HEIGHT = 160;
/** Below this many pixels a drag is a click. */
const BRUSH_PX_MIN = 6;
const LABEL_PX_HALF = 16;
/** All charts of a page share the cursor. */
const SYNC_KEY = "page";

export function Plot(props: SeriesPlotProps) {
  const { label, times, series, shape, zone, height = HEIGHT } = props;
  const frame = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const brush = useRef(props.onBrush);
  const shownTheme = useStore(theme);
  useEffect(() => {
    brush.current = props.onBrush;
  });
  const key = useMemo(() => JSON.stringify([times, series]), [times, series]);

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element || times.length === 0) return;
    const bucketMs = times.length > 1 ? (times[1] ?? 0) - (times[0] ?? 0) : 3_600_000;
    const say = (plot: uPlot) => {
      if (!readout.current) return;
      const index = plot.cursor.idx ?? times.length - 1;
      const time = times[index];
      readout.current.textContent = time === undefined ? "" : [
        bucketTime(time, bucketMs, zone),
        ...series.map((one) => `${one.before ? strings.plot.before(one.label) : one.label} ${count(one.values[index] ?? 0)}`),
      ].join("  ·  ");
    };
    const select = (plot: uPlot) => {
      if (plot.select.width < BRUSH_PX_MIN) return;
      const from = plot.posToVal(plot.select.left, "x");
      const to = plot.posToVal(plot.select.left + plot.select.width, "x");
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      brush.current?.(from * 1000, to * 1000);
    };
    const plot = new uPlot(options({ ...props, height }, element, bucketMs, { setCursor: [say], setSelect: [select] }),
      [times.map((time) => time / 1000), ...stacked(series, shape)], element);
    say(plot);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
    // The data is compared by value: a refetch that changed nothing must not draw again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, shape, zone, height, shownTheme]);

  return (
    <figure className="plot" aria-label={label}>
      <ul className="plot__legend">
        {series.map((one) => (
          <li key={one.label + String(one.before)}><span className={`plot__key plot__key--${one.tone} ${one.before ? "plot__key--before" : ""}`} />{one.before ? strings.plot.before(one.label) : one.label}</li>
        ))}
      </ul>
      <p ref={readout} className="plot__readout muted small" />
      <div ref={frame} style={{ height }} aria-hidden="true" />
      <p className="visually-hidden">{series.map((one) => strings.plot.total(one.label, count(one.values.reduce<number>((sum, value) => sum + (value ?? 0), 0)))).join(", ")}</p>
    </figure>
  );
}

/** A label that would be cut at the right edge is left out. */
function axisLabel(plot: uPlot, at: number, zone: string, spanMs: number): string {
  return plot.valToPos(at, "x") > plot.over.clientWidth - LABEL_PX_HALF ? "" : axisTime(at * 1000, zone, spanMs);
}

type Drawn = SeriesPlotProps & { height: number };

function options({ series, shape, zone, height, times, onBrush }: Drawn, element: HTMLElement, bucketMs: number, hooks: uPlot.Hooks.Arrays): uPlot.Options {
  const style = getComputedStyle(element);
  const line = style.getPropertyValue("--line");
  const span = Math.max(bucketMs * times.length, (times.at(-1) ?? 0) - (times[0] ?? 0));
  const font = `11px ${style.fontFamily}`;
  const grid = { stroke: toneColour("line", element), width: 1 };
  const columns = uPlot.paths.bars?.({ size: [0.85, 24], align: 1 });
  return {
    width: element.clientWidth,
    height,
    padding: [8, 4, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: SYNC_KEY }, drag: { x: onBrush !== undefined, y: false, setScale: false }, points: { show: false }, y: false },
    scales: { x: { time: true, range: (_, min, max) => [min, max + bucketMs / 1000] }, y: { range: (_, _min, max) => [0, Math.max(2, max * 1.05)] } },
    axes: [
      { stroke: toneColour("muted", element), grid: { show: false }, ticks: { ...grid, size: 4 }, font, space: 80, size: 26, values: (plot, splits) => splits.map((at) => axisLabel(plot, at, zone, span)) },
      { stroke: toneColour("muted", element), grid, ticks: { show: false }, font, size: 44, values: (_, splits) => splits.map((value) => (Number.isInteger(value) ? compactCount(value) : "")) },
    ],
    series: [{}, ...series.map((one): uPlot.Series => {
      const colour = toneColour(one.tone, element);
      if (one.before) return { stroke: colour, width: 1, dash: [4, 4], points: { show: false } };
      return shape === "columns"
        ? { fill: colour, stroke: line, width: 0, paths: columns, points: { show: false } }
        : { stroke: colour, width: 1.5, paths: shape === "steps" ? uPlot.paths.stepped?.({ align: 1 }) : undefined, points: { show: times.length < 3 } };
    })],
    hooks,
  };
}
