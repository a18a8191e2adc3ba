import { describe, expect, it } from "vitest";
import { SseParser } from "./sse";

const parse = (...chunks: string[]) => {
  const parser = new SseParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
};

describe("SseParser", () => {
  it("reads an event with its name and data", () => {
    expect(parse('event: scored\ndata: {"a":1}\n\n')).toEqual([{ event: "scored", data: '{"a":1}' }]);
  });

  it("gives the same messages however the text is cut", () => {
    const text = ": heartbeat\n\nevent: scored\r\ndata: one\r\ndata: two\r\n\r\ndata:three\r\rid: 7\ndata: four\n\n";
    const whole = parse(text);
    expect(whole.map((message) => message.data)).toEqual(["one\ntwo", "three", "four"]);
    for (let cut = 1; cut < text.length; cut++) expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(whole);
    expect(parse(...text)).toEqual(whole);
  });

  it("ignores comments, unknown fields and events without data", () => {
    expect(parse(": note\n\nretry: 5\n\nevent: scored\n\n")).toEqual([]);
  });

  it("keeps an unfinished message until its end comes", () => {
    expect(parse("data: half\n")).toEqual([]);
    expect(parse("data: half\n", "\n")).toEqual([{ event: "message", data: "half" }]);
  });

  it("removes one leading space of a value and no more", () => {
    expect(parse("data:  two\n\n")[0]?.data).toBe(" two");
  });

  it("refuses a line without end", () => {
    expect(() => parse(`data: ${"x".repeat(1_000_001)}`)).toThrow(RangeError);
  });
});
