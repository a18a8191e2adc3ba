/** Light, dark or what the system says. `public/theme.js` applies the stored choice before the first paint. */
import { createStore } from "./store";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
const KEY = "innerwall.theme";

function shown(): Theme {
  const value = document.documentElement.dataset["theme"];
  return THEMES.find((theme) => theme === value) ?? "system";
}

export const theme = createStore<Theme>(shown());

export function chooseTheme(next: Theme): void {
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
  theme.set(next);
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // The choice then lasts until the page is reloaded.
  }
}
