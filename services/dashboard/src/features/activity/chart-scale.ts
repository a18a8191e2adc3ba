/** The arithmetic of the chart: honest axes that start at zero. */
import type { SeriesPoint } from "../../api/types";

export function total(point: SeriesPoint): number {
  return point.normal + point.editing + point.alert;
}

/** The smallest of 1, 2, 5 times a power of ten that is not below `value`; at least 2, so that its half is a whole. */
export function niceCeiling(value: number): number {
  if (value <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

export interface Bar {
  severity: "normal" | "editing" | "alert";
  y: number;
  height: number;
}

/** A column thinner than this would be seen as none. */
const MARK_PX_MIN = 2;

/** One column from the bottom up. Alerts stand on the axis, where their heights can be compared. */
export function stack(point: SeriesPoint, max: number, height: number): Bar[] {
  const bars: Bar[] = [];
  let bottom = height;
  for (const severity of ["alert", "editing", "normal"] as const) {
    if (point[severity] === 0) continue;
    const tall = Math.max(severity === "alert" ? MARK_PX_MIN : 1, (point[severity] / max) * height);
    bottom = Math.max(0, bottom - tall);
    bars.push({ severity, y: bottom, height: tall });
  }
  return bars;
}

/** Indexes of the buckets that get their label: where it changes, and never closer than one can read. */
export function labelled(labels: readonly string[], step: number, labelPx: number): number[] {
  const chosen: number[] = [];
  for (const [index, label] of labels.entries()) {
    const room = index * step - (chosen.at(-1) ?? Number.NEGATIVE_INFINITY) * step >= labelPx;
    if (room && label !== labels[index - 1]) chosen.push(index);
  }
  return chosen;
}
