/** Who changed what in the product's own data. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Listing } from "../../components/listing/listing";
import { RangePicker } from "../../components/range-picker";
import { useTitle } from "../../lib/hooks";
import { useRange } from "../../lib/range";
import { useUrl } from "../../lib/url";
import { fieldHistory as text } from "../../strings/field-history";
import { EventDrawer } from "../events/event-drawer";
import { Siblings } from "../things/siblings";
import { changeColumns, changeKey } from "./columns";
import { fieldChangesFilter, fieldChangesPath, fieldChangesQuery } from "./queries";

const FIELDS = [{ key: "field", name: text.fields.field, example: "price" }, { key: "user_id", name: text.fields.user }];

export function FieldHistoryPage() {
  const [search] = useUrl();
  const filter = fieldChangesFilter(search, useRange("all"));
  const query = useInfiniteQuery(fieldChangesQuery(filter));
  useTitle(text.title);
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1><RangePicker fallback="all" /></header>
      <Siblings of="field-history" />
      <Listing name="field-history" label={text.title} columns={changeColumns} query={query} rowKey={changeKey} fields={FIELDS} searchable={false}
        exportPath={fieldChangesPath(filter)} empty={{ title: text.none, hint: text.noneTry }} />
      {search["event"] !== undefined && <EventDrawer eventId={search["event"]} rows={[]} />}
    </>
  );
}
