/** New users over time, by the trust they have now. A brush shows those who came in that span. */
import { useQuery } from "@tanstack/react-query";
import { Segmented } from "../../components/segmented";
import { SeriesPlot } from "../../components/series-plot";
import { useMinute, zone } from "../../lib/clock";
import { closedRange, RANGES, rangeOf } from "../../lib/range";
import { useStore } from "../../lib/store";
import { useUrl } from "../../lib/url";
import { listing } from "../../strings/listing";
import { strings } from "../../strings";
import { users as text } from "../../strings/users";
import { newUsersQuery } from "./queries";

const SPANS = RANGES.filter((name) => name !== "all" && name !== "1h");

export function NewUsers() {
  const [search, change] = useUrl();
  const shownZone = useStore(zone);
  const minute = useMinute();
  const range = rangeOf({ range: search["chart"] }, minute, "7d");
  const { from, to } = closedRange(range, minute);
  const data = useQuery(newUsersQuery(from, to, shownZone)).data;
  const buckets = data?.buckets ?? [];
  const brush = (start: number, end: number) =>
    change({ since_from: new Date(start).toISOString(), since_to: new Date(end).toISOString() }, { step: true });
  return (
    <section className="card newusers" aria-labelledby="new-users">
      <div className="newusers__head">
        <h2 id="new-users">{text.newUsers}</h2>
        <Segmented label={text.newUsersRange} value={range.name ?? "7d"} options={SPANS.map((name) => ({ value: name as string, label: listing.ranges[name] }))}
          onChange={(name) => change({ chart: name === "7d" ? undefined : name })} />
      </div>
      <SeriesPlot label={text.newUsers} shape="columns" zone={shownZone} height={120} times={buckets.map(({ time }) => Date.parse(time))} onBrush={brush}
        series={[
          { label: strings.bandTrust.high, tone: "normal", values: buckets.map(({ high }) => high) },
          { label: strings.bandTrust.medium, tone: "editing", values: buckets.map(({ medium }) => medium) },
          { label: strings.bandTrust.low, tone: "alert", values: buckets.map(({ low }) => low) },
        ]} />
    </section>
  );
}
