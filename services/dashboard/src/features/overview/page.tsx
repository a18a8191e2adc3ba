/** Is anything wrong now? One sentence, then the numbers behind it, then who and what stands out. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { ledgerQuery } from "../../api/queries";
import { RangePicker } from "../../components/range-picker";
import { Empty, Failure } from "../../components/states";
import { useMinute } from "../../lib/clock";
import { useTitle } from "../../lib/hooks";
import { closedRange, type RangeName, useRange } from "../../lib/range";
import { overview as text } from "../../strings/overview";
import { EventChart } from "../events/event-chart";
import { Cases } from "./cases";
import { UserChart } from "./charts";
import { kpisQuery } from "./queries";
import { TopRules } from "./rules";
import { Summary } from "./summary";
import { Tiles } from "./tiles";
import { TopTens } from "./tops";
import "./overview.css";

const RANGES: readonly RangeName[] = ["1h", "24h", "7d", "30d"];

export function OverviewPage() {
  useTitle(text.title);
  const range = useRange();
  const minute = useMinute();
  const span = useMemo(() => closedRange(range, minute), [range, minute]);
  const kpis = useQuery(kpisQuery(span));
  const isEmpty = useQuery(ledgerQuery).data?.accepted === 0 && kpis.data?.events.now === 0;
  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        <RangePicker names={RANGES} comparable />
      </header>
      {isEmpty ? <FirstStep /> : kpis.isError && !kpis.data ? <Failure error={kpis.error} onRetry={() => void kpis.refetch()} /> : (
        <>
          <Summary kpis={kpis.data} range={range} />
          <Tiles kpis={kpis.data} range={range} />
          <div className="overview__charts">
            <EventChart span={span} />
            <UserChart span={span} />
          </div>
          <div className="overview__pair">
            <Cases />
            <TopRules />
          </div>
          <TopTens tops={kpis.data?.tops} range={range} />
        </>
      )}
    </>
  );
}

function FirstStep() {
  return <Empty title={text.first.title} hint={text.first.hint} action={<Link to="/start" className="button button--primary">{text.first.action}</Link>} />;
}
