import { useNavigate } from "@tanstack/react-router";
import type { Overview } from "../../api/types";
import { CloseIcon } from "../../components/icons";
import { Select } from "../../components/select";
import { zone } from "../../lib/clock";
import { useStore } from "../../lib/store";
import { bucketTime } from "../../lib/time";
import { strings } from "../../strings";
import { eventLabel } from "../events/columns";
import type { ActivitySearch } from "./search";

const text = strings.activity.filters;

/** The filters in force, each with its own way out. */
export function FilterBar({ search, types }: { search: ActivitySearch; types: Overview["events_by_type"] }) {
  const navigate = useNavigate();
  const shownZone = useStore(zone);
  const change = (part: Partial<ActivitySearch>) =>
    void navigate({ to: "/activity", search: { ...search, ...part }, resetScroll: false });
  const from = Date.parse(search.from ?? "");
  const to = Date.parse(search.to ?? "");
  const names = new Set([...Object.keys(strings.eventTypes), ...types.map((type) => type.event_type)]);

  return (
    <div className="filters" role="group" aria-label={text.label}>
      {search.ip && <Filter name={text.address(search.ip)} onClear={() => change({ ip: undefined })} />}
      {search.from && (
        <Filter name={bucketTime(from, to - from, shownZone)} onClear={() => change({ from: undefined, to: undefined })} />
      )}
      <Select label={text.type} value={search.type ?? ""} onChange={(type) => change({ type: type || undefined })}>
        <option value="">{text.allTypes}</option>
        {[...names].map((name) => <option key={name} value={name}>{eventLabel(name)}</option>)}
      </Select>
    </div>
  );
}

function Filter({ name, onClear }: { name: string; onClear: () => void }) {
  return (
    <span className="filter">
      <span className="ellipsis"><bdi>{name}</bdi></span>
      <button type="button" onClick={onClear} title={text.clear(name)}>
        <CloseIcon />
        <span className="visually-hidden">{text.clear(name)}</span>
      </button>
    </span>
  );
}
