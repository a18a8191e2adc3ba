/** Asks before work that is not published would be lost. */
import { useBlocker } from "@tanstack/react-router";
import { Sheet } from "../../../components/sheet";
import { rules as strings } from "../../../strings/rules";

const text = strings.editor;

interface LeaveGuardProps {
  /** Asked at the moment of leaving: what was just published may be left. */
  isNeeded: () => boolean;
}

export function LeaveGuard({ isNeeded }: LeaveGuardProps) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isNeeded() && (current.pathname !== next.pathname || packOf(current.search) !== packOf(next.search)),
    enableBeforeUnload: isNeeded,
    withResolver: true,
  });
  if (status !== "blocked") return null;
  return (
    <Sheet kind="centre" title={text.leaveTitle} label={text.leaveTitle} closeLabel={text.stay} onClose={reset}>
      <p>{text.leaveText}</p>
      <div className="publish__buttons editor__leave">
        <button type="button" className="button" onClick={proceed}>{text.leave}</button>
        <button type="button" className="button button--primary" onClick={reset}>{text.stay}</button>
      </div>
    </Sheet>
  );
}

/** The part of the URL that says which text is open. */
function packOf(search: unknown): string {
  const { pack = "", template = "" } = typeof search === "object" && search !== null ? Object.fromEntries(Object.entries(search)) : {};
  return `${String(pack)} ${String(template)}`;
}
