/** Runs of a user's events without a long pause. */
import { compactCount } from "../lib/format";

const plural = (n: number, one: string, many: string) => `${compactCount(n)} ${n === 1 ? one : many}`;

export const sessions = {
  title: "Sessions",
  one: (number: number | string) => `Session ${number}`,
  fields: { user: "User id", address: "Address", country: "Country", alerts: "Alerts", changes: "Address or device changed" },
  some: "With some", changed: "Changed",
  columns: { user: "User", began: "Began", length: "Lasted", device: "Device", country: "Country", address: "Address", events: "Events", alerts: "Alerts", number: "Number" },
  none: "No session in this range",
  noneTry: "A session begins with the first event of a user, and again after a pause of half an hour. Choose a longer range to look further back.",
  noDevice: "No device was recognised in this session",
  more: (n: number) => `+${n}`,
  moreAddresses: (n: number) => `${plural(n, "address", "addresses")} in this session`,
  moreDevices: (n: number) => `${plural(n, "device", "devices")} in this session`,
  open: (number: number) => `session ${number}`,

  back: "Sessions",
  of: "of",
  before: "Session before",
  all: "All of this user",
  notFound: "This session is not known",
  notFoundTry: "The number may be mistyped, or the session was removed when its time of keeping ended.",
  toSessions: "Go to Sessions",
  facts: "Facts",
  ended: "Ended", loginFailures: "Failed logins", addresses: "Addresses", devices: "Devices",
  story: "What happened",
  noEvents: "No events are kept of this session",
  noEventsTry: "Older events may have been removed when their time of keeping ended.",
  gap: (length: string) => `${length} later`,
  changes: {
    address: (ip: string) => `Address changed to ${ip}`,
    device: (label: string) => `Device changed to ${label}`,
    country: (name: string) => `Country changed to ${name}`,
  },
};
