/** The time range of a page: a few relative ones at hand, any other behind "Custom". */
import { lazy, Suspense, useState } from "react";
import { zone } from "../lib/clock";
import { RANGES, type RangeName, useRange } from "../lib/range";
import { useStore } from "../lib/store";
import { shortSpan } from "../lib/time";
import { useUrl } from "../lib/url";
import { listing as text } from "../strings/listing";
import { Segmented } from "./segmented";

// What few open need not come with the first page.
const CustomRange = lazy(() => import("./custom-range").then(({ CustomRange: component }) => ({ default: component })));

interface RangePickerProps {
  fallback?: RangeName;
  /** Series need an end, so some pages leave "all" out. */
  names?: readonly RangeName[];
  /** Offers to compare with the time before. */
  comparable?: boolean;
}

export function RangePicker({ fallback = "24h", names = RANGES, comparable = false }: RangePickerProps) {
  const range = useRange(fallback);
  const [search, change] = useUrl();
  const [open, setOpen] = useState(false);
  const shownZone = useStore(zone);
  const choose = (name: string) => change({ range: name === fallback ? undefined : name, from: undefined, to: undefined }, { step: true });
  const custom = range.name === null && range.from !== undefined && range.to !== undefined
    ? shortSpan(range.from, range.to, shownZone) : text.custom;
  const button = (
    <button type="button" className={`button rangepicker__custom ${range.name === null ? "is-on" : ""}`} onClick={() => setOpen(true)} aria-haspopup="dialog">
      {custom}
    </button>
  );
  return (
    <div className="rangepicker">
      <Segmented label={text.range} value={range.name ?? ""} options={names.map((name) => ({ value: name as string, label: text.ranges[name] }))} onChange={choose} />
      {open ? <Suspense fallback={button}><CustomRange button={button} range={range} onOpen={setOpen} /></Suspense> : button}
      {comparable && (
        <label className="rangepicker__compare">
          <input type="checkbox" checked={search["compare"] === "1"} onChange={(event) => change({ compare: event.target.checked ? "1" : undefined })} />
          {text.compare}
        </label>
      )}
    </div>
  );
}
