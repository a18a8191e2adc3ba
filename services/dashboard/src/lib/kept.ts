/** A store that remembers its value in this browser. */
import { createStore, type Store } from "./store";

const PREFIX = "innerwall.";

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
  } catch {
    return null;
  }
}

/** `accept` turns what was kept, which anything may have written, into a value or nothing. */
export function createKept<T>(key: string, initial: T, accept: (kept: unknown) => T | undefined): Store<T> {
  const store = createStore<T>(accept(read(key)) ?? initial);
  const set = (next: T) => {
    store.set(next);
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(next));
    } catch {
      // The choice then lasts until the page is reloaded.
    }
  };
  return { ...store, set };
}
