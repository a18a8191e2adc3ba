/** The honest in-between: nothing here, something failed, still loading. */
import type { ReactNode } from "react";
import { ApiError } from "../api/problem";
import { useNow, zone } from "../lib/clock";
import { useStore } from "../lib/store";
import { relativeTime } from "../lib/time";
import { strings } from "../strings";
import "./states.css";

interface EmptyProps {
  title: string;
  hint: string;
  action?: ReactNode;
  /** Whether this is all the page has to say; the title is then its heading. */
  whole?: boolean;
}

export function Empty({ title, hint, action, whole = false }: EmptyProps) {
  const Title = whole ? "h1" : "p";
  return (
    <div className="empty">
      <Title className="empty__title">{title}</Title>
      <p className="muted">{hint}</p>
      {action}
    </div>
  );
}

interface FailureProps {
  error: unknown;
  onRetry: () => void;
  /** When the data still on screen was loaded; leave out when there is none. */
  shownSince?: number;
}

export function Failure({ error, onRetry, shownSince }: FailureProps) {
  const now = useNow();
  const shownZone = useStore(zone);
  const kind = error instanceof ApiError ? error.kind : "away";
  const detail = error instanceof ApiError && (kind === "bad-request" || kind === "conflict") ? error.detail : null;
  const age = shownSince ? relativeTime(new Date(shownSince).toISOString(), now, shownZone) : null;
  return (
    <div className={`failure ${age === null ? "failure--whole" : ""}`} role="alert">
      <p>
        <strong>{strings.errors[kind].what}</strong> {detail !== null && <span className="breakable">{detail}. </span>}
        {strings.errors[kind].next} {age !== null && strings.errors.stale(age)}
      </p>
      <button type="button" className="button" onClick={onRetry}>
        {strings.errors.retry}
      </button>
    </div>
  );
}

/** A grey bar in the place of a text still to come. */
export function Bone({ size = "m" }: { size?: "s" | "m" | "l" }) {
  return <span className={`bone bone--${size}`} aria-hidden="true" />;
}

export function Loading() {
  return (
    <span className="visually-hidden" role="status">
      {strings.missing.loading}
    </span>
  );
}
