/** What the URL of Activity asks for, and whether an event of the stream belongs to it. */
import type { Event, EventQuery } from "../../api/types";
import type { Search } from "../../lib/url";

export type EventFilter = Omit<EventQuery, "limit" | "cursor">;

export const FILTER_KEYS = ["event_type", "ip", "user_id", "rule", "country", "device", "min_risk", "http_code", "url"] as const;

/** What is no number stays a wrong one, so that the server says so instead of the filter being lost. */
const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

export function eventFilter(search: Search): EventFilter {
  return {
    event_type: search["event_type"], ip: search["ip"], user_id: search["user_id"], rule: search["rule"], country: search["country"],
    device: search["device"], min_risk: numberOf(search["min_risk"]), http_code: numberOf(search["http_code"]), url: search["url"],
  };
}

export function isFiltered(search: Search): boolean {
  return FILTER_KEYS.some((key) => search[key] !== undefined);
}

type Matched = Pick<Event, "event_type" | "ip" | "user_id" | "country" | "device" | "risk_score" | "http_code" | "url" | "hits" | "event_hits">;

/** The stream itself knows no filters. */
export function matchesFilter(event: Matched, filter: EventFilter): boolean {
  const { event_type: types, rule, country, device, min_risk: risk, http_code: code, url } = filter;
  const is = <T>(wanted: T | undefined | null, value: T | undefined | null) => wanted === undefined || wanted === null || wanted === value;
  return (
    (!types || types.split(",").includes(event.event_type)) &&
    is(filter.ip, event.ip) && is(filter.user_id, event.user_id) && is(code, event.http_code) && is(device, event.device?.device_id) &&
    is(country?.toUpperCase(), event.country?.toUpperCase()) &&
    (!rule || [...event.hits, ...event.event_hits].some((hit) => hit.rule_id === rule)) &&
    (risk === undefined || risk === null || (event.risk_score ?? 0) >= risk) &&
    (!url || (event.url ?? "").startsWith(url))
  );
}
