/** What every list says: filters, ranges, columns, export, selection. */
import { compactCount } from "../lib/format";

export const listing = {
  rows: (n: number, all: boolean) => (all ? compactCount(n) : `first ${compactCount(n)}`),
  of: (shown: string, total: string) => `${shown} of ${total}`,
  totalCapped: (n: number) => `${compactCount(n)}+`,
  more: "Show more",
  moreBusy: "Loading…",
  emptyFiltered: "Nothing matches these filters",
  emptyFilteredTry: "Take a filter away or choose a longer range.",
  clear: "Clear filters",
  sortBy: (column: string) => `Sort by ${column}`,

  range: "Time range",
  ranges: { "1h": "1 h", "24h": "24 h", "7d": "7 d", "30d": "30 d", "90d": "90 d", all: "All" },
  custom: "Custom",
  from: "From",
  to: "To",
  inZone: (zone: string) => `Times are in ${zone}.`,
  apply: "Apply",
  wrongOrder: "The start must be before the end.",
  compare: "Compare with the time before",

  filter: "Filter",
  filterPlaceholder: "Search, or type a filter",
  suggestions: "Filters",
  token: (field: string, value: string) => `${field}: ${value}`,
  remove: (what: string) => `Remove the filter ${what}`,

  view: "View",
  columns: "Columns",
  density: "Rows",
  densities: { normal: "Normal", compact: "Compact" },
  reset: "Reset columns",
  times: "Times",
  timeStyles: { relative: "How long ago", absolute: "Exact" },
  zones: { tenant: "In the zone of the tenant", local: "In the zone of this device", utc: "In UTC" },

  export: "Export",
  formats: { csv: "As CSV", ndjson: "As NDJSON" },
  exporting: "Exporting…",
  exported: (name: string) => `${name} has been saved`,
  exportFailed: "The export did not work. Try again, or choose a shorter range.",

  views: "Saved views",
  noViews: "None yet. Set filters, then save them as a view.",
  saveView: "Save this view",
  viewName: "Name",
  viewSaved: (name: string) => `Saved as "${name}"`,
  removeView: (name: string) => `Remove the view ${name}`,

  select: "Select this row",
  selectAll: "Select all rows shown",
  selected: (n: number) => `${compactCount(n)} selected`,
  unselect: "Clear the selection",
};
