// A small client of Innerwall: events go to ingest, scores come from query. Nothing but fetch.
// Copy it into your project and make it yours.

const ATTEMPTS = 5;
const EVENTS_PER_REQUEST = 500;
const TIMEOUT_MS = 10_000;
const EXPORT_TIMEOUT_MS = 3_600_000;
// Worth sending again: too slow, too many, and "something is away".
const PASSING = [408, 429, 503];

export interface Event {
  event_id?: string;
  event_type?: string;
  user_id: string;
  ip: string;
  [field: string]: unknown;
}

export interface EventResult {
  index: number;
  status: "accepted" | "invalid" | "retry";
  field?: string;
  detail?: string;
}

export interface Hit {
  rule_id: string;
  reason: string;
}

export interface User {
  user_id: string;
  /** 0 bad to 99 good. */
  trust_score: number | null;
  event_count: number;
  hits: Hit[];
}

export interface Decision {
  event_id: string;
  verdict: "allow" | "review" | "challenge" | "deny";
  reason: string;
  hits: Hit[];
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** A row with its place in the list, or the end of the list. */
type Line = { cursor?: string; complete?: boolean; [field: string]: unknown };

type Parameters = Record<string, string | number | null | undefined>;

/** A refusal, told apart by `code`; docs/errors.md says the cause and cure of each. */
export class Problem extends Error {
  readonly code: string;
  readonly field?: string;
  readonly events: EventResult[];

  constructor(
    readonly status: number,
    body: { code?: string; detail?: string; field?: string; events?: EventResult[] },
    readonly retryAfterS?: number,
  ) {
    super(`${body.code}: ${body.detail}`);
    this.code = body.code ?? "not_innerwall";
    this.field = body.field;
    this.events = body.events ?? [];
  }
}

/** Sends events with an API key. */
export class Producer {
  constructor(
    private readonly url: string,
    private readonly apiKey: string,
  ) {}

  /** Sends one event until it is durable; gives its id. */
  async send(event: Event): Promise<string> {
    const sent = withId(event);
    await retrying(() => this.post("/v1/events", JSON.stringify(sent), "application/json"));
    return sent.event_id;
  }

  /** Sends many events; gives those that are at fault, each with its `field` and `detail`. */
  async sendBatch(events: Event[]): Promise<EventResult[]> {
    const all = events.map(withId);
    const refused: EventResult[] = [];
    for (let start = 0; start < all.length; start += EVENTS_PER_REQUEST) {
      refused.push(...(await this.sendPart(all.slice(start, start + EVENTS_PER_REQUEST))));
    }
    return refused;
  }

  /**
   * The verdict about an event, with reasons. Undefined when it is not there in time: your product
   * then does what it would do without.
   */
  async decide(event: Event, withinMs = 300): Promise<Decision | undefined> {
    const headers = { "Innerwall-Deadline-Ms": String(withinMs) };
    const body = JSON.stringify(withId(event));
    try {
      const answer = await this.post("/v1/decide", body, "application/json", headers, withinMs + 1000);
      return answer.status === 200 ? ((await answer.json()) as Decision) : undefined;
    } catch (error) {
      if (error instanceof Problem && !PASSING.includes(error.status)) throw error;
      return undefined;
    }
  }

  private async sendPart(events: Event[]): Promise<EventResult[]> {
    const refused: EventResult[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { results, waitS } = await this.results(events);
      refused.push(...results.filter((result) => result.status === "invalid"));
      const again = new Set(results.filter((result) => result.status === "retry").map((result) => result.index));
      events = events.filter((_, index) => again.has(index));
      if (events.length === 0) return refused;
      await pause(attempt, waitS);
    }
    throw new Error(`${events.length} events are not accepted after ${ATTEMPTS} attempts`);
  }

  /** What became of each event, and how long to wait; all again when nobody can tell. */
  private async results(events: Event[]): Promise<{ results: EventResult[]; waitS?: number }> {
    const lines = events.map((event) => JSON.stringify(event)).join("\n");
    try {
      const answer = await this.post("/v1/events", lines, "application/x-ndjson");
      return { results: ((await answer.json()) as { events: EventResult[] }).events };
    } catch (error) {
      const waitS = error instanceof Problem ? error.retryAfterS : undefined;
      if (error instanceof Problem && error.events.length > 0) return { results: error.events, waitS };
      if (error instanceof Problem && !PASSING.includes(error.status)) throw error;
      return { results: events.map((_, index) => ({ index, status: "retry" })), waitS };
    }
  }

  private post(path: string, body: string, mediaType: string, headers = {}, timeoutMs = TIMEOUT_MS): Promise<Response> {
    const all = { "Api-Key": this.apiKey, "Content-Type": mediaType, ...headers };
    return call(this.url + path, { method: "POST", headers: all, body }, timeoutMs);
  }
}

/** Reads scores with an API token. */
export class Reader {
  constructor(
    private readonly url: string,
    private readonly apiToken: string,
  ) {}

  /** One user with scores and reasons. */
  user(userId: string): Promise<User> {
    return this.get(`/users/${encodeURIComponent(userId)}`);
  }

  /** All users that fit, page by page. */
  async *users(filters: Parameters = {}): AsyncGenerator<User> {
    let cursor: string | null = null;
    do {
      const page: Page<User> = await this.get("/users", { ...filters, cursor });
      yield* page.items;
      cursor = page.next_cursor;
    } while (cursor !== null);
  }

  /** A whole list such as `/decisions`, row by row; after a break it goes on behind the last row. */
  async *export<T>(path: string, filters: Parameters = {}): AsyncGenerator<T> {
    let cursor: string | null = null;
    for (let breaks = 0; breaks < ATTEMPTS; breaks++) {
      try {
        for await (const { cursor: place, ...row } of this.lines(path, { ...filters, cursor })) {
          if (place === undefined) {
            if (row.complete === true) return;
            break;
          }
          cursor = place;
          breaks = 0;
          yield row as T;
        }
      } catch (error) {
        if (error instanceof Problem && !PASSING.includes(error.status)) throw error;
      }
      await pause(breaks);
    }
    throw new Error(`${path} does not come to its end`);
  }

  private async *lines(path: string, parameters: Parameters): AsyncGenerator<Line> {
    const headers = { Authorization: `Bearer ${this.apiToken}`, Accept: "application/x-ndjson" };
    const answer = await call(this.address(path, parameters), { headers }, EXPORT_TIMEOUT_MS);
    const decoder = new TextDecoder();
    let rest = "";
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield JSON.parse(line) as Line;
    }
  }

  private address(path: string, parameters: Parameters): URL {
    const url = new URL(`${this.url}/api/v1${path}`);
    for (const [name, value] of Object.entries(parameters)) {
      if (value != null) url.searchParams.set(name, String(value));
    }
    return url;
  }

  /** Any other read; parameters that are null are left out. */
  async get<T>(path: string, parameters: Parameters = {}): Promise<T> {
    const url = this.address(path, parameters);
    const headers = { Authorization: `Bearer ${this.apiToken}` };
    const answer = await retrying(() => call(url, { headers }));
    return (await answer.json()) as T;
  }
}

/** The event with an id of its own, which makes sending it again harmless. */
function withId(event: Event): Event & { event_id: string } {
  return { ...event, event_id: event.event_id ?? crypto.randomUUID() };
}

async function call(url: string | URL, request: RequestInit, timeoutMs = TIMEOUT_MS): Promise<Response> {
  const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) });
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({ detail: `${answer.status} from something in between` }));
  throw new Problem(answer.status, body, Number(answer.headers.get("Retry-After")) || undefined);
}

/** Repeats what may pass: broken connections, and refusals that say so. */
async function retrying<T>(attemptOnce: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await attemptOnce();
    } catch (error) {
      const isFinal = error instanceof Problem && !PASSING.includes(error.status);
      if (isFinal || attempt + 1 === ATTEMPTS) throw error;
      await pause(attempt, error instanceof Problem ? error.retryAfterS : undefined);
    }
  }
}

/** As long as the answer asks for, else longer each time; with chance, so that not all come back at once. */
function pause(attempt: number, waitS?: number): Promise<void> {
  const ms = 1000 * (waitS ?? 0.2 * 2 ** attempt) * (1 + Math.random() / 2);
  return new Promise((resume) => setTimeout(resume, ms));
}
