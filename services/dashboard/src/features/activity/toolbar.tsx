/** Filters of the events, and how they are shown and taken away. */
import { ExportMenu } from "../../components/listing/export-menu";
import { FilterBar } from "../../components/listing/filter-bar";
import { ViewMenu } from "../../components/listing/view-menu";
import { ViewsMenu } from "../../components/listing/views-menu";
import { activity } from "../../strings/activity";
import { EVENTS_LIST, eventColumns } from "../events/columns";
import { useEventFields } from "./fields";
import { eventsPath } from "./queries";
import type { EventFilter } from "./search";

export function EventToolbar({ filter }: { filter: EventFilter }) {
  return (
    <div className="toolbar">
      <FilterBar fields={useEventFields()} searchable={false} placeholder={activity.fields.placeholder} />
      <div className="toolbar__end">
        <ViewsMenu page={EVENTS_LIST} />
        <ViewMenu list={EVENTS_LIST} columns={eventColumns} />
        <ExportMenu path={eventsPath(filter)} name={EVENTS_LIST} />
      </div>
    </div>
  );
}
