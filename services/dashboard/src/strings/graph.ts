import { compactCount } from "../lib/format";
export const graph = {
  title: "Link graph",
  lead: "Users and what they share: devices, addresses, phones, e-mails and payments. Choose one to see what it is linked with in turn.",
  none: "No links yet", noneTry: "Links appear when a user is seen with a device, an address or a contact.",
  cut: "There is more than is drawn here. The strongest links come first.",
  walked: (name: string) => `Walked on from ${name}`,
  strength: (n: number) => `${compactCount(n)} ${n === 1 ? "event" : "events"}`,
  users: (n: number) => `${compactCount(n)} ${n === 1 ? "user" : "users"}`,
  seen: (first: string, last: string) => `from ${first} to ${last}`,
  list: "The links as a list",
  columns: { user: "User", thing: "Linked by", strength: "Strength", first: "First", last: "Last" },
  walk: (name: string) => `${name}: walk on from here`,
  open: "Open its page",
  label: (users: number, things: number) => `Graph of ${users} users and ${things} shared things`,
  path: { title: "Way between two", from: "From", to: "To", find: "Find the way", none: "No way was found within six steps.", kind: "Kind", key: "Id or value" },
  start: "Start from", show: "Show", startHint: "Give a user or a thing to start from.",
};
