/** A stacked column chart in plain SVG. Pointer and arrow keys read it, a click or Enter chooses a column. */
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { SeriesPoint } from "../../api/types";
import { compactCount } from "../../lib/format";
import { axisTime } from "../../lib/time";
import { strings } from "../../strings";
import { labelled, niceCeiling, stack, total } from "./chart-scale";

interface SeriesChartProps {
  series: readonly SeriesPoint[];
  bucketMs: number;
  zone: string;
  pointed: number | null;
  chosen: number;
  onPoint: (index: number | null) => void;
  onChoose: (index: number) => void;
  read: (point: SeriesPoint) => string;
}

const HEIGHT = 112;
const AXIS = 20;
const LEFT = 44;
const LABEL_PX = 76;

export function SeriesChart(props: SeriesChartProps) {
  const { series, bucketMs, pointed, chosen, onPoint, onChoose } = props;
  const [frame, width] = useWidth();
  const max = useMemo(() => niceCeiling(Math.max(...series.map(total))), [series]);
  const labels = series.map((point) => axisTime(Date.parse(point.time), props.zone, bucketMs * series.length));
  const step = Math.max(1, width - LEFT) / series.length;
  const last = series.length - 1;
  const at = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
    return x < 0 ? null : Math.min(last, Math.floor(x / step));
  };
  const onKey = (event: KeyboardEvent) => {
    const from = pointed ?? last;
    const moves: Record<string, number> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last };
    const target = moves[event.key];
    if (target !== undefined) onPoint(Math.min(last, Math.max(0, target)));
    else if (event.key === "Enter") onChoose(from);
    else return;
    event.preventDefault();
  };
  const shown = series[pointed ?? last];

  return (
    <div
      ref={frame}
      className="series__chart"
      role="slider"
      tabIndex={0}
      aria-label={strings.activity.chart.label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={pointed ?? last}
      aria-valuetext={shown && props.read(shown)}
      onKeyDown={onKey}
      onBlur={() => onPoint(null)}
    >
      <svg
        width={width}
        height={HEIGHT + AXIS}
        aria-hidden="true"
        onPointerMove={(event) => onPoint(at(event))}
        onPointerLeave={() => onPoint(null)}
        onClick={(event) => {
          const index = at(event as unknown as PointerEvent<SVGSVGElement>);
          if (index !== null) onChoose(index);
        }}
      >
        <Grid max={max} width={width} />
        <g transform={`translate(${LEFT} 0)`}>
          {[chosen, pointed ?? -1].map((index, which) =>
            index < 0 ? null : (
              <rect key={which} className={which === 0 ? "series__chosen" : "series__pointed"} x={index * step} y={0} width={step} height={HEIGHT} />
            ),
          )}
          <Columns series={series} max={max} step={step} />
          {labelled(labels, step, LABEL_PX).map((index) => (
            <text key={index} className="series__label" x={index * step} y={HEIGHT + 15}>{labels[index]}</text>
          ))}
        </g>
      </svg>
    </div>
  );
}

function Grid({ max, width }: { max: number; width: number }) {
  return [0, max / 2, max].map((value) => {
    const y = Math.round(HEIGHT - (value / max) * HEIGHT) + 0.5;
    return (
      <g key={value}>
        <line className="series__grid" x1={LEFT} x2={width} y1={y} y2={y} />
        <text className="series__label series__label--value" x={LEFT - 8} y={value === max ? y + 9 : y + 3}>
          {compactCount(value)}
        </text>
      </g>
    );
  });
}

function Columns({ series, max, step }: { series: readonly SeriesPoint[]; max: number; step: number }) {
  const gap = step > 6 ? 2 : step > 3 ? 1 : 0;
  return series.map((point, index) =>
    stack(point, max, HEIGHT).map((bar) => (
      <rect
        key={`${point.time} ${bar.severity}`}
        className={`series__${bar.severity}`}
        x={index * step + gap / 2}
        y={bar.y}
        width={step - gap}
        height={bar.height}
      />
    )),
  );
}

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [frame, width] as const;
}
