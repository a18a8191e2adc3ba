// Every page of the dashboard: what the suite opens in both themes and at both sizes. `ready` is a text that shows it has loaded.
// A path may be a function of the page, for pages that are found by following a link.
export const PAGES = [];
