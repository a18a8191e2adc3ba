/** Whether the reader is busy in the list, by mouse or by keyboard, so that no row may move away under the click. */
import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from "react";

/** A mouse that rests this long is parked, not aiming; the list lives on. */
const AIMING_MS = 4_000;

export function useReading() {
  const [aiming, setAiming] = useState(false);
  const [focused, setFocused] = useState(false);
  const place = useRef("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const stop = () => {
    clearTimeout(timer.current);
    setAiming(false);
  };
  const onPointerMove = (event: PointerEvent) => {
    // A browser also reports a "move" when the page moves under a mouse at rest.
    const next = `${event.screenX} ${event.screenY}`;
    if (event.pointerType !== "mouse" || next === place.current) return;
    place.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(stop, AIMING_MS);
    setAiming(true);
  };
  const onFocus = (event: FocusEvent) => setFocused(event.target.matches(":focus-visible"));
  const onBlur = () => setFocused(false);
  return { reading: aiming || focused, handlers: { onPointerMove, onPointerLeave: stop, onFocus, onBlur } };
}
