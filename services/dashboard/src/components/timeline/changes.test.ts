import { expect, it } from "vitest";
import type { Session } from "../../api/types";
import { changesOf, ranksOf } from "./changes";

const session = (number: number, ip: string, country: string | null, device: string | null): Session => ({
  user: { user_id: "u" }, number, started_at: "", ended_at: "", seconds: 0, events: 1, alerts: 0, login_failures: 0, addresses: 1, devices: 1, ip, country,
  device: device === null ? null : { device_id: device, kind: "desktop", label: device },
});

it("says what changed since the session before, and nothing of what is not known", () => {
  const sessions = [session(3, "b", "NG", "new"), session(2, "a", null, "old"), session(1, "a", "SE", null)];
  expect(changesOf(sessions)).toEqual([["device", "address"], [], []]);
});

it("keeps one number for one value", () => {
  expect(ranksOf(["x", "y", "x", "z"])).toEqual([0, 1, 0, 2]);
});
