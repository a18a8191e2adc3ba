/** Five shades for numbers that differ by magnitudes: each step begins a constant factor above the one before. */
export const STEPS = 5;

export interface Step {
  from: number;
  to: number;
}

export function stepsOf(values: readonly number[]): Step[] {
  const max = Math.max(0, ...values);
  if (max < 1) return [];
  const starts = Array.from({ length: STEPS }, (_, index) => Math.ceil(max ** (index / STEPS)));
  const apart = starts.map((start, index) => Math.max(start, index + 1)).filter((start) => start <= max);
  return apart.map((from, index) => ({ from, to: (apart[index + 1] ?? max + 1) - 1 }));
}

/** 0 for nothing, else the number of the step. */
export function stepOf(value: number, steps: readonly Step[]): number {
  return steps.filter(({ from }) => value >= from).length;
}
