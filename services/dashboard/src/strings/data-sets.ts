/** Words of the page about the data files that enrichment reads. */
export const dataSetsStrings = {
  title: "Data sets",
  lead: "The files that tell where an address is, who runs its network and what kind of client or mail it is. Old files make these answers less exact.",
  unknownFolder: "This service does not know the folder of the data files",
  unknownFolderHint: "Give the query service the folder that the scorer reads. The files then appear here.",
  own: "your own file",
  optional: "optional",
  noDate: "no date known",
  missing: "missing",
  old: "old",
  current: "current",
  undated: "age unknown",
  days: (days: number) => (days === 1 ? "1 day old" : `${days} days old`),
  replace: "Replace or add a file",
  steps: [
    ["innerwall-ctl data status", "shows every file with its date, licence and rows"],
    ["innerwall-ctl data fetch", "fetches the pinned files and checks their hashes"],
    ["innerwall-ctl data import", "takes in a file of your own"],
  ],
} as const;
