import { describe, expect, it } from "vitest";
import type { Search } from "../../lib/url";
import { eventFilter, isFiltered, matchesFilter } from "./search";

const event = {
  event_type: "account_login_fail", ip: "192.0.2.1", user_id: "u", country: "DE", device: { device_id: "d1", label: "", kind: "phone" }, risk_score: 70, http_code: 401, url: "/login?next=/",
  hits: [{ rule_id: "A01", name: "", weight: 10 }], event_hits: [],
};
const matches = (search: Search) => matchesFilter(event, eventFilter(search));

describe("the filter of the stream", () => {
  it("lets everything through without filters", () => {
    expect(matches({})).toBe(true);
    expect(isFiltered({ range: "7d", event: "e1" })).toBe(false);
    expect(isFiltered({ ip: "192.0.2.1" })).toBe(true);
  });

  it("decides as the server does", () => {
    for (const search of [{ event_type: "page_error,account_login_fail" }, { ip: "192.0.2.1" }, { country: "de" }, { device: "d1" }, { rule: "A01" }, { min_risk: "70" }, { http_code: "401" }, { url: "/login" }]) {
      expect(matches(search), JSON.stringify(search)).toBe(true);
    }
    for (const search of [{ event_type: "page_error" }, { ip: "192.0.2.2" }, { user_id: "v" }, { country: "FR" }, { device: "d2" }, { rule: "A02" }, { min_risk: "71" }, { http_code: "200" }, { url: "/log/" }]) {
      expect(matches(search), JSON.stringify(search)).toBe(false);
    }
  });

  it("never widens by a value that is no number", () => {
    expect(matches({ min_risk: "high" })).toBe(false);
  });
});
