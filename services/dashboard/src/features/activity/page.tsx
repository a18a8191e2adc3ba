/** What is happening: its shape over time, and every event as it comes, or those of a chosen span. */
import { useMemo } from "react";
import { RangePicker } from "../../components/range-picker";
import { useMinute } from "../../lib/clock";
import { useTitle } from "../../lib/hooks";
import { closedRange, useRange } from "../../lib/range";
import { useUrl } from "../../lib/url";
import { activity as text } from "../../strings/activity";
import { EventChart } from "../events/event-chart";
import { LedgerSheet } from "./ledger-sheet";
import { LiveEvents } from "./live-events";
import { PastEvents } from "./past-events";
import { isFiltered } from "./search";
import "./activity.css";


export function ActivityPage() {
  const [search] = useUrl();
  const range = useRange();
  const minute = useMinute();
  const span = useMemo(() => closedRange(range, minute), [range, minute]);
  useTitle(text.title);
  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        <RangePicker comparable />
      </header>
      <div className="activity__chart"><EventChart span={span} note={isFiltered(search) ? text.chartNote : undefined} /></div>
      {range.name === null ? <PastEvents from={span.from} to={span.to} /> : <LiveEvents />}
      {search["sheet"] === "ledger" && <LedgerSheet />}
    </>
  );
}
