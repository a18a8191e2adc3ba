import type { StreamState } from "../../api/stream";
import { PauseIcon, PlayIcon, UpIcon } from "../../components/icons";
import { activity } from "../../strings/activity";
import { GroupSwitch } from "./group-switch";

const text = activity.feed;

interface FeedBarProps {
  state: StreamState | "paused";
  held: boolean;
  /** Events the server did not send one by one. */
  skipped: number;
  shown: number;
  fresh: number;
  freshMore: boolean;
  onFresh: () => void;
  onPause: () => void;
}

const HINTS: Record<FeedBarProps["state"], string | undefined> = {
  live: text.liveHint,
  paused: undefined,
  connecting: undefined,
  reconnecting: text.reconnectingHint,
  offline: text.offlineHint,
};

export function FeedBar({ state, held, skipped, shown, fresh, freshMore, onFresh, onPause }: FeedBarProps) {
  const hint = hintFor(state, held, skipped);
  return (
    <div className="feedbar">
      <p className={`feedbar__state feedbar__state--${state}`} role="status">
        <span className="feedbar__dot" aria-hidden="true" />
        {text[state]}
      </p>
      {hint && <p className="feedbar__hint muted small" title={hint}>{hint}</p>}
      {fresh > 0 && (
        <button type="button" className="button feedbar__fresh" onClick={onFresh}>
          <UpIcon />
          {text.fresh(fresh, freshMore)}
        </button>
      )}
      <div className="feedbar__end">
        {shown > 0 && <span className="feedbar__count muted small">{text.shown(shown)}</span>}
        <GroupSwitch />
        <button type="button" className="button feedbar__pause" onClick={onPause} aria-keyshortcuts="p">
          {state === "paused" ? <PlayIcon /> : <PauseIcon />}
          <span>{state === "paused" ? text.resume : text.pause}</span>
        </button>
      </div>
    </div>
  );
}

function hintFor(state: FeedBarProps["state"], held: boolean, skipped: number): string | undefined {
  if (state !== "live") return HINTS[state];
  if (held) return text.hovering;
  return skipped > 0 ? text.skipped(skipped) : HINTS.live;
}
