/** "/" asks for the search field of Users, which may still be on its way. */
import { createStore } from "../../lib/store";

export const searchRequest = createStore(0);

export function askForSearch(): void {
  searchRequest.set(searchRequest.get() + 1);
}

/** Takes the open request, if any, so that it is honoured once. */
export function takeSearchRequest(): boolean {
  const asked = searchRequest.get() > 0;
  if (asked) searchRequest.set(0);
  return asked;
}
