import { Link } from "@tanstack/react-router";
import { Empty } from "../../components/states";
import { strings } from "../../strings";
import { type ActivitySearch, isFiltered } from "./search";

const text = strings.activity.feed;

export function NoEvents({ search }: { search: ActivitySearch }) {
  if (!isFiltered(search)) return <Empty title={text.empty} hint={text.emptyTry} />;
  return (
    <Empty
      title={text.emptyFiltered}
      hint={text.emptyFilteredTry}
      action={<Link to="/activity" search={{ hours: search.hours }} className="button">{text.clearAll}</Link>}
    />
  );
}
