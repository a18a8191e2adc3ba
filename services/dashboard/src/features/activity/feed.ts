/**
 * The rows of the live list. New events join at once while the reader looks at the top, and wait
 * aside while the reader is elsewhere, so that nothing moves under the eye. Knows no network.
 */
import type { Event } from "../../api/types";

/** More rows help nobody and cost memory; the past is found through the chart. */
export const FEED_ROWS_MAX = 500;

export interface FeedView {
  rows: readonly Event[];
  newIds: ReadonlySet<string>;
  /** How many events wait aside; `freshMore` when even more were left behind. */
  fresh: number;
  freshMore: boolean;
  /** Events the server did not send one by one. */
  skipped: number;
}

const EMPTY: FeedView = { rows: [], newIds: new Set(), fresh: 0, freshMore: false, skipped: 0 };

/** Newest first; ids break ties so that the order never depends on arrival. */
function newestFirst(a: Event, b: Event): number {
  return Date.parse(b.event_time) - Date.parse(a.event_time) || (a.event_id < b.event_id ? 1 : -1);
}

/** Both lists as one: each event once, newest first, bounded. */
export function mergeEvents(known: readonly Event[], incoming: readonly Event[], max = FEED_ROWS_MAX): Event[] {
  const byId = new Map(known.map((event) => [event.event_id, event]));
  for (const event of incoming) byId.set(event.event_id, event);
  return [...byId.values()].toSorted(newestFirst).slice(0, max);
}

export class LiveFeed {
  private view: FeedView = EMPTY;
  private waiting: Event[] = [];
  private overflow = false;
  private replaceAll = false;
  private skipped = 0;
  private held = false;
  private readonly listeners = new Set<() => void>();

  readonly get = (): FeedView => this.view;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes the newest page of the server: at the start, and again after every break of the stream. */
  load(page: readonly Event[]): void {
    const known = new Set(this.view.rows.map((event) => event.event_id));
    if (known.size === 0) return this.show(mergeEvents(page, this.waiting), new Set());
    // Without any overlap there may be a hole between old and new; a list with a hole would lie.
    const joined = page.length === 0 || page.some((event) => known.has(event.event_id));
    if (!joined) this.replaceAll = true;
    this.arrive(page.filter((event) => !known.has(event.event_id)));
  }

  /** Takes events from the stream. */
  arrive(events: readonly Event[]): void {
    if (events.length === 0) return;
    const all = mergeEvents(this.waiting, events, FEED_ROWS_MAX + 1);
    this.overflow ||= all.length > FEED_ROWS_MAX;
    this.waiting = all.slice(0, FEED_ROWS_MAX);
    if (this.held) this.publish({ ...this.view, fresh: this.waiting.length, freshMore: this.overflow });
    else this.release();
  }

  skip(events: number): void {
    this.skipped += events;
    this.publish({ ...this.view, skipped: this.skipped });
  }

  /** While held, new events wait aside. */
  hold(held: boolean): void {
    if (this.held === held) return;
    this.held = held;
    if (!held) this.release();
  }

  /** Lets what waits join the list. */
  release(): void {
    if (this.waiting.length === 0) return;
    const base = this.replaceAll || this.overflow ? [] : this.view.rows;
    const known = new Set(base.map((event) => event.event_id));
    const fresh = this.waiting.filter((event) => !known.has(event.event_id)).map((event) => event.event_id);
    this.show(mergeEvents(base, this.waiting), new Set(fresh));
  }

  private show(rows: Event[], newIds: Set<string>): void {
    this.waiting = [];
    this.overflow = false;
    this.replaceAll = false;
    this.publish({ rows, newIds, fresh: 0, freshMore: false, skipped: this.skipped });
  }

  private publish(view: FeedView): void {
    this.view = view;
    for (const listener of this.listeners) listener();
  }
}
