/** Parser of `text/event-stream`, as far as the event stream uses it. Feed it chunks, get messages. */

export interface ServerMessage {
  event: string;
  data: string;
}

/** A line longer than this is not ours; refusing it keeps a broken proxy from filling the memory. */
const LINE_CHARS_MAX = 1_000_000;

export class SseParser {
  private rest = "";
  private event = "";
  private data: string[] = [];

  /** Messages completed by this chunk. Throws when a line never ends. */
  push(chunk: string): ServerMessage[] {
    const messages: ServerMessage[] = [];
    const text = this.rest + chunk;
    // A trailing CR may be the first half of CRLF, so it waits for the next chunk.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    if (this.rest.length > LINE_CHARS_MAX) throw new RangeError("event stream line is too long");
    for (const line of lines) {
      const message = this.line(line);
      if (message) messages.push(message);
    }
    return messages;
  }

  private line(line: string): ServerMessage | null {
    if (line === "") return this.dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.event = value;
    if (field === "data") this.data.push(value);
    return null;
  }

  private dispatch(): ServerMessage | null {
    const message = this.data.length > 0 ? { event: this.event || "message", data: this.data.join("\n") } : null;
    this.event = "";
    this.data = [];
    return message;
  }
}
