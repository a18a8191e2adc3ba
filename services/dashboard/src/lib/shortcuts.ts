/** Keyboard shortcuts. Single keys can be switched off (WCAG 2.1.4); Escape always works. */
import { useEffect, useRef } from "react";
import { createStore } from "./store";

const KEY = "innerwall.single-keys";
/** How long a first key ("g") waits for its second ("a"). */
const SEQUENCE_MS = 1_000;

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

export const singleKeys = createStore(stored());

export function setSingleKeys(on: boolean): void {
  singleKeys.set(on);
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // The choice then lasts until the page is reloaded.
  }
}

export type Shortcuts = Record<string, (() => void) | undefined>;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

/** Binds keys ("?", "Escape", "g a") while the component is mounted. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    let prefix = "";
    let prefixAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key !== "Escape" && (!singleKeys.get() || isTyping(event.composedPath()[0] ?? null))) return;
      const sequence = event.timeStamp - prefixAt < SEQUENCE_MS ? `${prefix} ${event.key}` : "";
      const action = current.current[sequence] ?? current.current[event.key];
      prefix = event.key;
      prefixAt = event.timeStamp;
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
