/** Everything about one event, beside the list it was chosen from. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { ApiError } from "../../api/problem";
import { eventQuery } from "../../api/queries";
import type { Event } from "../../api/types";
import { DownIcon, UpIcon } from "../../components/icons";
import { Sheet } from "../../components/sheet";
import { Empty, Failure, Loading } from "../../components/states";
import { useShortcuts } from "../../lib/shortcuts";
import { strings } from "../../strings";
import { eventLabel } from "./columns";
import { EventFacts } from "./event-facts";
import "./event-drawer.css";

interface EventDrawerProps {
  eventId: string;
  /** The rows of the list, to step through. */
  rows: readonly Event[];
}

export function EventDrawer({ eventId, rows }: EventDrawerProps) {
  const navigate = useNavigate();
  const index = rows.findIndex((event) => event.event_id === eventId);
  const listed = rows[index];
  const query = useQuery(eventQuery(eventId));
  // What the list knows is shown at once; the rest follows.
  const event = query.data ?? listed;

  const close = useCallback(
    () => void navigate({ to: ".", search: (previous) => ({ ...previous, event: undefined }), resetScroll: false }),
    [navigate],
  );
  const step = (target: Event | undefined) => {
    if (!target) return;
    void navigate({ to: ".", search: (previous) => ({ ...previous, event: target.event_id }), replace: true, resetScroll: false });
  };
  const previous = index > 0 ? rows[index - 1] : undefined;
  const next = index >= 0 ? rows[index + 1] : undefined;
  useShortcuts({ j: () => step(next), k: () => step(previous) });

  return (
    <Sheet
      kind="drawer"
      label={strings.event.title}
      title={event ? eventLabel(event.event_type) : strings.event.title}
      closeLabel={strings.event.close}
      onClose={close}
      actions={
        <>
          <StepButton label={strings.event.previous} onStep={previous && (() => step(previous))} icon={<UpIcon />} />
          <StepButton label={strings.event.next} onStep={next && (() => step(next))} icon={<DownIcon />} />
        </>
      }
    >
      {event ? (
        <EventFacts event={event} />
      ) : query.isFetching ? (
        <Loading />
      ) : isUnknown(query.error) ? (
        <Empty title={strings.event.missing} hint={strings.event.missingTry} />
      ) : (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Sheet>
  );
}

function isUnknown(error: unknown): boolean {
  return error instanceof ApiError && error.kind === "not-found";
}

function StepButton({ label, icon, onStep }: { label: string; icon: React.ReactNode; onStep?: () => void }) {
  return (
    <button type="button" className="button button--quiet button--icon" title={label} disabled={!onStep} onClick={onStep}>
      {icon}
      <span className="visually-hidden">{label}</span>
    </button>
  );
}
