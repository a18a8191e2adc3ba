import { compactCount } from "../lib/format";
const plural = (amount: number, one: string, many: string) => `${compactCount(amount)} ${amount === 1 ? one : many}`;

export const user = {
  toGraph: "Find the way to another user or thing",
  tabs: {
    label: "Parts of this page",
    summary: "Summary", events: "Events", sessions: "Sessions", touches: "What it touches", links: "Links", fields: "Changes", decisions: "Decisions and notes", why: "Why not?",
  },
  standing: {
    in_review: "In review", blocked: "Blocked", allowed: "Allowed", watched: "Watched", none: "Undecided",
    by: { person: "by a person", threshold: "by the threshold", cascade: "along with another user", policy: "by a policy", token: "by a machine", ctl: "from the command line" } as Readonly<Record<string, string>>,
    toCase: "Open the case",
  },
  scores: {
    title: "How the score moved",
    none: "The score has not changed yet.",
    from: (before: number, after: number) => `${before} to ${after}`,
    first: (score: number) => `first scored ${score}`,
    started: "began",
    ended: "ended",
    event: "Open the event that caused it",
    rules: "The rules or what is known changed",
    more: (n: number) => `Show all ${n} changes`,
    series: "Trust",
  },
  sessions: {
    title: "Sessions", none: "No session yet", noneTry: "A session begins with the first event.",
    timeline: "Sessions over time, the newest at the right",
    one: (number: number, when: string, place: string, device: string, events: number, alerts: number) =>
      `Session ${number}, ${when}, ${place}, ${device}, ${plural(events, "event", "events")}${alerts > 0 ? `, ${plural(alerts, "alert", "alerts")}` : ""}`,
    lanes: { device: "Device", place: "Place", address: "Address" },
    changed: "changed",
    columns: { start: "Began", length: "Lasted", device: "Device", country: "Country", address: "Address", events: "Events", alerts: "Alerts", changes: "Changed" },
    newDevice: "device", newPlace: "country", newAddress: "address",
    noDevice: "No device was recognised in this session",
  },
  touches: {
    none: (kind: string) => `No ${kind.toLowerCase()} yet`, noneTry: "They appear as the user is seen with them.",
    columns: { thing: "What", users: "Users in all", strength: "Events of this user", first: "First seen", last: "Last seen", tags: "Known as" },
    map: "Events of this user by country", mapUnit: "events",
    sharedTitle: (n: number) => `${plural(n, "user", "users")} in all were seen with it`,
  },
  fields: { none: "No field was changed", noneTry: "Changes of fields appear when the product sends them.", columns: { when: "When", field: "Field", was: "Was", is: "Became", parent: "Part of" }, empty: "It was empty before", event: "Open the event" },
  decisions: {
    none: "Nobody has decided about this user", noneTry: "Decisions of people and of the thresholds appear here.",
    columns: { when: "When", action: "Decision", who: "By", reason: "Reason", until: "Until" },
    forGood: "Holds for good",
    undo: "Undo", undone: "Undone", undoes: (id: number) => `Undoes decision ${id}`,
    notes: "Notes", noNotes: "No notes yet.", addNote: "Add a note", noteLabel: "Note", save: "Save", noteMissing: "Write something first.",
  },
  why: {
    verdict: "Verdict now",
    verdicts: { allow: "Allow", review: "Review", challenge: "Challenge", deny: "Deny" } as Readonly<Record<string, string>>,
    policy: (name: string) => `by the policy ${name}`,
    smallest: "The smallest change that turns it around",
    smallestNone: "No change of a few rules would turn the verdict around.",
    flips: "Single changes",
    flip: (name: string, from: string, to: string) => `${name}: ${from} → ${to}`,
    flipTo: (verdict: string, score: number) => `${verdict}, trust ${score}`,
    near: "Rules that did not fire", nearHint: "With what they looked at. A value close to its limit is worth a look.",
    fired: "Rules that fired", unknown: "Rules that could not be judged",
    lacks: (what: string) => `needs ${what}`,
    without: (score: number) => `Trust would be ${score} without it`,
    status: { fired: "Fired", not_fired: "Did not fire", not_evaluated: "Not judged" } as Readonly<Record<string, string>>,
  },
  actions: {
    more: "More", rescore: "Judge anew", rescored: "It will be judged anew within seconds", export: "Download everything held", exported: "The file has been saved",
    erase: "Erase everywhere", label: "Label", labelFraud: "Label as fraud", labelLegitimate: "Label as legitimate",
    labelled: (label: string) => `Labelled as ${label}; the precision of its rules follows`, labelReason: "Labelled in the dashboard",
  },
  erase: {
    title: "Erase this user everywhere",
    lead: "Events, sessions, links, decisions and notes of this user are removed from every table. This cannot be undone. The audit log keeps that somebody was erased, without saying who.",
    confirm: (id: string) => `Type the user id to confirm: ${id}`,
    label: "User id", wrong: "This is not the id of the user.", go: "Erase for good", begun: "Erasing has begun. Follow it under Settings, Erasures.", close: "Close",
  },
  links: { title: "Linked identities", hint: "Users and what they share. Choose one to walk on from it.", page: "Open as a page" },
};
