/** What is happening: the range in numbers, its shape over time, and every event as it comes. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { overviewQuery } from "../../api/queries";
import { Segmented } from "../../components/segmented";
import { useTitle } from "../../lib/hooks";
import { strings } from "../../strings";
import { FilterBar } from "./filter-bar";
import { LedgerSheet } from "./ledger-sheet";
import { LiveEvents } from "./live-events";
import { PastEvents } from "./past-events";
import { DEFAULT_RANGE, RANGES } from "./search";
import { SeriesCard } from "./series-card";
import { Tiles } from "./tiles";
import "./activity.css";

const route = getRouteApi("/shell/activity");
const text = strings.activity;
const ranges = RANGES.map((value) => ({ value, label: text.ranges[value] }));

export function ActivityPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const hours = search.hours ?? DEFAULT_RANGE;
  const overview = useQuery(overviewQuery(Number(hours)));
  const filters = <FilterBar search={search} types={overview.data?.events_by_type ?? []} />;
  useTitle(text.title);

  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        <Segmented
          label={text.range}
          value={hours}
          options={ranges}
          onChange={(next) =>
            void navigate({
              search: (previous) => ({ ...previous, hours: next === DEFAULT_RANGE ? undefined : next, from: undefined, to: undefined }),
              resetScroll: false,
            })
          }
        />
      </header>
      <Tiles overview={overview.data} failed={overview.isError} hours={hours} />
      <SeriesCard overview={overview} search={search} />
      {search.from === undefined ? <LiveEvents search={search} filters={filters} /> : <PastEvents search={search} filters={filters} />}
      {search.sheet === "ledger" && <LedgerSheet />}
    </>
  );
}
