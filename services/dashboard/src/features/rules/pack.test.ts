import { describe, expect, it } from "vitest";
import { lineOf, readPack } from "./pack";

const TEXT = `family: Shop
windows:
  failures: { count: event.type == "account_login_fail", by: address, over: 10m }
  shares:
    ratio: event.type == "a"
    where: >-
      event.type == "a"
      || event.type == "b"
    by: [address, device]
    over: 1h
rules:
  - id: X01
    name: 'It''s guessing'
    when: event.type == "account_login_fail"
      && failures >= 20
    reason: "{failures} \\"failures\\""
    tests:
      - { name: many, given: { event.type: account_login_fail, failures: 20 }, fires: true }
      - name: few
        given: { failures: 1 }
        fires: false
policies:
  - id: second_factor
    name: A second factor
    event_types: [account_login]
    when: score.trust < 40 || "A01" in score.hits
    verdict: challenge
    reason: "{failures}"
`;

describe("readPack", () => {
  const pack = readPack(TEXT);
  it("reads windows in either style", () => {
    expect(pack.windows.map(({ name, text }) => [name, text])).toEqual([
      ["failures", 'count: event.type == "account_login_fail", by: address, over: 10m'],
      ["shares", 'ratio: event.type == "a", where: event.type == "a" || event.type == "b", by: [address, device], over: 1h'],
    ]);
  });
  it("reads rules with quotes, folded lines and tests", () => {
    expect(pack.rules[0]).toMatchObject({
      id: "X01", name: "It's guessing", when: 'event.type == "account_login_fail" && failures >= 20', reason: '{failures} "failures"',
      tests: [{ name: "many", fires: true, given: "event.type: account_login_fail, failures: 20" }, { name: "few", fires: false, given: "failures: 1" }],
    });
    expect(lineOf(TEXT, pack.rules[0]?.from ?? 0)).toBe(12);
  });
  it("reads policies", () => {
    expect(pack.policies[0]).toMatchObject({ id: "second_factor", verdict: "challenge", eventTypes: ["account_login"] });
  });
  it("takes what is broken without falling over", () => {
    expect(readPack("family: [").rules).toEqual([]);
    expect(readPack("").rules).toEqual([]);
    expect(readPack("rules:\n  - id: X01\n    when: (((\n").rules[0]?.id).toBe("X01");
  });
});
