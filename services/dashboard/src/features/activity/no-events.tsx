import { Link } from "@tanstack/react-router";
import { Empty } from "../../components/states";
import { useUrl } from "../../lib/url";
import { activity } from "../../strings/activity";
import { FILTER_KEYS, isFiltered } from "./search";

const text = activity.feed;

export function NoEvents() {
  const [search, change] = useUrl();
  if (isFiltered(search) || search["from"] !== undefined) {
    const clear = () => change(Object.fromEntries([...FILTER_KEYS, "from", "to"].map((key) => [key, undefined])), { step: true });
    return <Empty title={text.emptyFiltered} hint={text.emptyFilteredTry} action={<button type="button" className="button" onClick={clear}>{text.clearAll}</button>} />;
  }
  return <Empty title={text.empty} hint={text.emptyTry} action={<Link to="/start" className="button">{text.emptyStart}</Link>} />;
}
