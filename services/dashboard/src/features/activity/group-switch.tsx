import { useUrl } from "../../lib/url";
import { activity } from "../../strings/activity";

/** Whether the events of one session stand together; the choice is in the URL. */
export function useGrouped(): boolean {
  const [search] = useUrl();
  return search["group"] === "session";
}

export function GroupSwitch() {
  const [, change] = useUrl();
  const isOn = useGrouped();
  return (
    <label className="feedbar__group">
      <input type="checkbox" checked={isOn} onChange={(event) => change({ group: event.target.checked ? "session" : undefined })} />
      {activity.feed.group}
    </label>
  );
}
