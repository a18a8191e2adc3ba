/** Short notices about what was just done, with a way back where there is one. */
import { createStore } from "./store";

export interface Toast {
  id: number;
  text: string;
  bad?: boolean;
  undo?: () => Promise<void>;
}

const SHOWN_MAX = 4;
/** Long enough to read, and to reach the way back without haste. */
const STAY_MS = 8_000;

export const toasts = createStore<readonly Toast[]>([]);
let last = 0;

export function say(text: string, options: { bad?: boolean; undo?: () => Promise<void> } = {}): void {
  last += 1;
  const id = last;
  toasts.set([...toasts.get(), { id, text, ...options }].slice(-SHOWN_MAX));
  setTimeout(() => dismiss(id), STAY_MS);
}

export function dismiss(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
