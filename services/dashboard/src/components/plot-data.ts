/** What the chart draws of what a page gives it. */
import type { PlotSeries, SeriesPlotProps, Tone } from "./series-plot";

const PROPERTIES: Record<Tone | "line", string> = {
  normal: "--series-normal", editing: "--series-editing", alert: "--series-alert", good: "--good", warn: "--warn", accent: "--accent", muted: "--muted", line: "--line",
};

/** The colour of a role as the canvas needs it: resolved for the theme in force. */
export function toneColour(tone: Tone | "line", element: Element): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${PROPERTIES[tone]})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** Columns stand on each other: the first series is drawn as the sum of all, the last at the bottom in front of them. */
export function stacked(series: readonly PlotSeries[], shape: SeriesPlotProps["shape"]): (number | null)[][] {
  if (shape !== "columns") return series.map(({ values }) => [...values]);
  return series.map(({ values, before }, index) => {
    if (before) return [...values];
    return values.map((_, at) => series.slice(index).reduce((sum, one) => (one.before ? sum : sum + (one.values[at] ?? 0)), 0));
  });
}
