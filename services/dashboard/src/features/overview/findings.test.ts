import { describe, expect, it } from "vitest";
import { change, findings } from "./findings";
import type { Compared, Kpis } from "./queries";

const none: Compared = { now: 0, before: 0 };
const active = { active: none, fresh: none };
const calm: Kpis = {
  addresses: active, networks: active, countries: active, devices: active, resources: active, users: active, sessions: none,
  alerts: none, login_failures: none, events: { now: 100, before: 100 }, blocked: { fresh: none, total: 0 }, in_review: { fresh: none, total: 0 },
  as_of: "", before_from: "", from: "", to: "",
  tops: { countries_by_users: [], resources_by_users: [], shared_addresses: [], users_by_addresses: [], users_by_events: [], users_by_login_failures: [] },
};
const before = "the day before";
const kinds = (part: Partial<Kpis>, waiting = 0) => findings({ kpis: { ...calm, ...part }, waiting, before }).map(({ kind }) => kind);

describe("findings", () => {
  it("are none while all is as before", () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ login_failures: { now: 9, before: 0 } })).toEqual([]);
  });

  it("tell who waits before what rose", () => {
    expect(kinds({ login_failures: { now: 24, before: 2 }, alerts: { now: 30, before: 8 } }, 3)).toEqual(["waiting", "login_failures"]);
  });

  it("count a failed sign-in once, though it is an alert too", () => {
    expect(kinds({ login_failures: { now: 100, before: 100 }, alerts: { now: 140, before: 110 } })).toEqual(["alerts"]);
  });

  it("say by how much", () => {
    const [first] = findings({ kpis: { ...calm, login_failures: { now: 25, before: 10 } }, before });
    expect(first?.words).toBe("failed sign-ins are 2.5 times those of the day before");
  });

  it("notice silence", () => {
    expect(kinds({ events: { now: 0, before: 50 } })).toEqual(["events"]);
    expect(kinds({ events: { now: 60, before: 100 } })).toEqual([]);
  });

  it("put a ledger that does not add up first", () => {
    const ledger = { accepted: 10, unconfirmed: 0, scored: 8, duplicate: 0, conflict: 0, parked: 0, in_flight: 0, balanced: false, as_of: "" };
    expect(findings({ kpis: calm, waiting: 1, ledger, before })[0]?.words).toBe("2 accepted events are unaccounted for");
  });
});

describe("change", () => {
  it("speaks in per cent, then in factors", () => {
    expect(change({ now: 124, before: 100 })).toBe("up 24 % from 100");
    expect(change({ now: 80, before: 100 })).toBe("down 20 % from 100");
    expect(change({ now: 720, before: 10 })).toBe("72 times the 10 before");
    expect(change({ now: 5, before: 0 })).toBe("none before");
    expect(change({ now: 0, before: 0 })).toBe("none, as before");
  });
});
