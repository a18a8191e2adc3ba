import { describe, expect, it } from "vitest";
import { labelled, niceCeiling, stack } from "./chart-scale";

describe("niceCeiling", () => {
  it("is never below the value and close to it", () => {
    for (const value of [0, 1, 2, 3, 7, 99, 101, 1_234, 987_654]) {
      expect(niceCeiling(value)).toBeGreaterThanOrEqual(value);
      expect(niceCeiling(value)).toBeLessThanOrEqual(Math.max(2, value * 2));
    }
    expect([2, 3, 850, 101].map(niceCeiling)).toEqual([2, 4, 1_000, 200]);
  });
});

describe("stack", () => {
  it("stands alerts on the axis and never hides one", () => {
    const bars = stack({ time: "", normal: 1_000, editing: 0, alert: 1 }, 1_000, 100);
    expect(bars.map((bar) => bar.severity)).toEqual(["alert", "normal"]);
    expect(bars[0]).toMatchObject({ height: 2, y: 98 });
    expect(bars[1]?.y).toBe(0);
  });

  it("draws nothing for nothing", () => {
    expect(stack({ time: "", normal: 0, editing: 0, alert: 0 }, 2, 100)).toEqual([]);
  });
});

describe("labelled", () => {
  const hours = Array.from({ length: 48 }, (_, index) => String(index));
  const days = hours.map((hour) => String(Math.floor((Number(hour) + 6) / 12)));

  it("leaves room for each label", () => {
    expect(labelled(hours, 20, 76)).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44]);
    expect(labelled(hours.slice(0, 3), 100, 76)).toEqual([0, 1, 2]);
    expect(labelled(hours, 0.1, 76)).toEqual([0]);
  });

  it("names a day once, where it begins", () => {
    expect(labelled(days, 20, 76)).toEqual([0, 6, 18, 30, 42]);
  });
});
