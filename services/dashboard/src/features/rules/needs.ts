/** Whether the data that a rule needs is there. */
export type NeedState = "present" | "missing" | "event" | "provider" | "unknown";

interface DataSet {
  name: string;
  is_present: boolean;
}

/** Beginnings of the names of the data sets that answer a need; one that is there is enough. */
const SETS: Readonly<Record<string, string>> = {
  country: "country", place: "cities", network: "networks", hosting: "origins", vpn: "origins", tor: "origins", relay: "origins",
  "mail domains": "free mail", "spam lists": "spam", "domain ranks": "domain rank",
};

export function needState(need: string, sets: readonly DataSet[] | undefined): NeedState {
  if (need.endsWith("provider")) return "provider";
  if (need.startsWith("custom.") || need === "session_id" || need === "phone") return "event";
  const start = SETS[need];
  if (start === undefined || !sets) return "unknown";
  return sets.some(({ name, is_present: present }) => present && name.startsWith(start)) ? "present" : "missing";
}

/** `attack.t1110.003` as "T1110.003"; nothing for other tags. */
export function attackId(tag: string): string | null {
  return /^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag)?.[1]?.toUpperCase() ?? null;
}
