import { Link } from "@tanstack/react-router";
import { Empty } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { strings } from "../../strings";

export function NotFound() {
  useTitle(strings.shell.notFoundTitle);
  return (
    <Empty
      whole
      title={strings.shell.notFoundTitle}
      hint={strings.shell.notFoundTry}
      action={<Link to="/" className="button">{strings.shell.toOverview}</Link>}
    />
  );
}

/** The last net: a page that threw. Also met when a new version was published and a chunk is gone. */
export function Crashed() {
  return (
    <Empty
      whole
      title={strings.shell.crashed}
      hint={strings.shell.crashedTry}
      action={
        <button type="button" className="button" onClick={() => location.reload()}>
          {strings.shell.reload}
        </button>
      }
    />
  );
}
