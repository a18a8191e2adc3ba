import { expect, it } from "vitest";
import { keepDaysOf, typedOf, wrongKind } from "./keep-days";
import { wholeNumber } from "./numbers";

const kinds = [
  { kind: "events", keep_days: null, days_min: 7, days_max: 1095 },
  { kind: "logbook", keep_days: 30, days_min: 1, days_max: 365 },
];

it.each([["33", 33], [" 7 ", 7], ["", null], ["-1", null], ["1.5", null], ["100", null], ["1e1", null]])("reads %j as a number up to 99", (typed, value) => {
  expect(wholeNumber(typed, 0, 99)).toBe(value);
});

it("sends only the days that change, and for ever as null", () => {
  expect(typedOf(kinds)).toEqual({ events: "", logbook: "30" });
  expect(keepDaysOf(kinds, typedOf(kinds))).toEqual({});
  expect(keepDaysOf(kinds, { events: "90", logbook: "" })).toEqual({ events: 90, logbook: null });
});

it("finds the kind that takes no such number", () => {
  expect(wrongKind(kinds, { events: "3", logbook: "" })?.kind).toBe("events");
  expect(wrongKind(kinds, { events: "", logbook: "x" })?.kind).toBe("logbook");
  expect(wrongKind(kinds, { events: "7", logbook: "1" })).toBeUndefined();
});
