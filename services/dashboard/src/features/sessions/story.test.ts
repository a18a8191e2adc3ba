import { expect, it } from "vitest";
import type { Event } from "../../api/types";
import { storyOf } from "./story";

const event = (event_time: string, ip: string, country: string | null, device_id: string | null): Event => ({
  event_id: event_time, event_time, received_at: event_time, user_id: "u", event_type: "page_view", severity: "normal", ip, country, session_id: "1", trust_score: 99, hits: [], event_hits: [], corrections: [],
  device: device_id === null ? null : { device_id, kind: "phone", label: device_id },
});

it("says what changed with each event and how long it was quiet before", () => {
  const steps = storyOf([event("2026-11-01T10:00:00Z", "a", "SE", "d1"), event("2026-11-01T10:00:30Z", "b", "NG", null), event("2026-11-01T10:10:30Z", "b", "NG", "d2")]);
  expect(steps.map(({ after, changes }) => [after, changes])).toEqual([[null, []], [30, ["address", "country"]], [600, []]]);
});
