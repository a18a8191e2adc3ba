import { type FormEvent, type ReactNode, useState } from "react";
import { zone } from "../lib/clock";
import { closedRange, type Range } from "../lib/range";
import { useStore } from "../lib/store";
import { fromZoned, toZoned } from "../lib/zoned";
import { useUrl } from "../lib/url";
import { listing as text } from "../strings/listing";
import { Popover } from "./popover";

interface CustomRangeProps {
  button: ReactNode;
  range: Range;
  onOpen: (open: boolean) => void;
}

/** Start and end in the tenant's zone. */
export function CustomRange({ button, range, onOpen }: CustomRangeProps) {
  const [, change] = useUrl();
  const shownZone = useStore(zone);
  const [wrong, setWrong] = useState(false);
  const [{ from, to }] = useState(() => closedRange(range, Date.now()));
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const start = fromZoned(String(form.get("from")), shownZone);
    const end = fromZoned(String(form.get("to")), shownZone);
    if (start === null || end === null || start >= end) return setWrong(true);
    change({ range: undefined, from: start, to: end }, { step: true });
    return onOpen(false);
  };
  return (
    <Popover trigger={button} label={text.range} open onOpen={onOpen}>
      {() => (
        <form className="customrange" onSubmit={apply} noValidate>
          <label>{text.from}<input className="field" type="datetime-local" name="from" defaultValue={toZoned(from, shownZone)} /></label>
          <label>{text.to}<input className="field" type="datetime-local" name="to" defaultValue={toZoned(to, shownZone)} /></label>
          <p className="muted small">{text.inZone(shownZone)}</p>
          {wrong && <p className="bad small" role="alert">{text.wrongOrder}</p>}
          <button type="submit" className="button button--primary">{text.apply}</button>
        </form>
      )}
    </Popover>
  );
}
