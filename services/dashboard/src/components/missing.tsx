/** A value that is not there: a dash for the eye, the reason for whoever asks. */
import { strings } from "../strings";

export function Missing({ why }: { why: string }) {
  return (
    <span className="muted" title={why}>
      <span aria-hidden="true">{strings.dash}</span>
      <span className="visually-hidden">{why}</span>
    </span>
  );
}
