import { describe, expect, it } from "vitest";
import type { Event } from "../../api/types";
import { FEED_ROWS_MAX, LiveFeed, mergeEvents } from "./feed";

const event = (second: number, id = `e${second}`): Event => ({
  event_id: id, event_time: new Date(second * 1_000).toISOString(), received_at: "", user_id: "u", event_type: "page_view", severity: "normal",
  ip: "192.0.2.1", session_id: "s", trust_score: 50, risk_score: 0, hits: [], event_hits: [], corrections: [],
});
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => event(from + index));
const ids = (feed: LiveFeed) => feed.get().rows.map((row) => row.event_id);

describe("mergeEvents", () => {
  it("keeps each event once, newest first, within its bound", () => {
    expect(mergeEvents([event(2), event(1)], [event(3), event(2)]).map((row) => row.event_id)).toEqual(["e3", "e2", "e1"]);
    expect(mergeEvents(range(0, 400), range(300, 800))).toHaveLength(FEED_ROWS_MAX);
    expect(mergeEvents(range(0, 400), range(300, 800))[0]?.event_id).toBe("e799");
  });

  it("orders events of one moment always the same way", () => {
    const a = event(1, "a");
    const b = event(1, "b");
    expect(mergeEvents([a], [b])).toEqual(mergeEvents([b], [a]));
  });
});

describe("LiveFeed", () => {
  it("shows what arrives and marks it as new", () => {
    const feed = new LiveFeed();
    feed.load([event(1)]);
    feed.arrive([event(2)]);
    expect(ids(feed)).toEqual(["e2", "e1"]);
    expect([...feed.get().newIds]).toEqual(["e2"]);
  });

  it("moves nothing while held, counts what waits, and lets it in afterwards", () => {
    const feed = new LiveFeed();
    feed.load([event(1)]);
    feed.hold(true);
    feed.arrive([event(2), event(3)]);
    expect(ids(feed)).toEqual(["e1"]);
    expect(feed.get().fresh).toBe(2);
    feed.hold(false);
    expect(ids(feed)).toEqual(["e3", "e2", "e1"]);
    expect(feed.get().fresh).toBe(0);
  });

  it("does not count what it already shows", () => {
    const feed = new LiveFeed();
    feed.load([event(2), event(1)]);
    feed.hold(true);
    feed.load([event(2), event(1)]);
    expect(feed.get().fresh).toBe(0);
  });

  it("stays bounded while held for long and starts afresh rather than show a hole", () => {
    const feed = new LiveFeed();
    feed.load([event(1)]);
    feed.hold(true);
    feed.arrive(range(10, 10 + FEED_ROWS_MAX + 1));
    expect(feed.get()).toMatchObject({ fresh: FEED_ROWS_MAX, freshMore: true });
    feed.release();
    expect(ids(feed)).toHaveLength(FEED_ROWS_MAX);
    expect(ids(feed)).not.toContain("e1");
  });

  it("replaces the list when a catch-up does not reach back to it", () => {
    const feed = new LiveFeed();
    feed.load(range(0, 5));
    feed.load(range(100, 105));
    expect(ids(feed)).toEqual(["e104", "e103", "e102", "e101", "e100"]);
  });

  it("fills the gap when a catch-up overlaps", () => {
    const feed = new LiveFeed();
    feed.load(range(0, 3));
    feed.load(range(2, 5));
    expect(ids(feed)).toEqual(["e4", "e3", "e2", "e1", "e0"]);
  });

  it("adds up what the server skipped", () => {
    const feed = new LiveFeed();
    feed.skip(7);
    feed.skip(5);
    expect(feed.get().skipped).toBe(12);
  });
});
