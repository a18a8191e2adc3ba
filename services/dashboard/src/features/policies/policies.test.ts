import { describe, expect, it } from "vitest";
import { readPack } from "../rules/pack";
import { ATTEMPT, fieldKind, missed, namesRead, valueOf, withAttempt } from "./attempt";
import { moved, orderedPolicies } from "./order";

const TEXT = `family: Own
policies:
  - id: first
    name: First
    when: score.trust < 40 && failures >= 5
    verdict: deny
    reason: a
    tests:
      - { name: yes, given: {}, fires: true }
      - { name: no, given: {}, fires: false }
  # What follows is milder.
  - id: second
    name: Second
    when: '"A01" in score.hits'
    verdict: challenge
    reason: b
    tests: [{ name: yes, given: {}, fires: true }]
`;
const ids = (text: string) => readPack(text).policies.map(({ id }) => id);

describe("order", () => {
  it("goes through the packs", () => {
    const found = orderedPolicies({ packs: [{ name: "a", text: TEXT }, { name: "b", text: TEXT }] });
    expect(found.map(({ pack, policy, isFirst, isLast }) => [pack, policy.id, isFirst, isLast])).toEqual([
      ["a", "first", true, false], ["a", "second", false, true], ["b", "first", true, false], ["b", "second", false, true],
    ]);
  });
  it("moves a policy with all its lines", () => {
    expect(ids(moved(TEXT, "second", -1))).toEqual(["second", "first"]);
    expect(ids(moved(TEXT, "first", 1))).toEqual(["second", "first"]);
    expect(moved(moved(TEXT, "first", 1), "first", -1).split("\n").toSorted()).toEqual(TEXT.split("\n").toSorted());
    expect(moved(TEXT, "first", -1)).toBe(TEXT);
  });
});

describe("an attempt", () => {
  it("becomes the first test of every policy", () => {
    const tried = readPack(withAttempt(TEXT, { "event.type": "account_login", "score.trust": 5 }));
    expect(tried.policies.map(({ tests }) => [tests[0]?.name, tests[0]?.given, tests.length])).toEqual([
      [ATTEMPT, "event.type: account_login, score.trust: 5", 3], [ATTEMPT, "event.type: account_login, score.trust: 5", 2],
    ]);
  });
  it("reads which policies it missed", () => {
    expect([...missed([`policy first, test "${ATTEMPT}": expected to fire, found False`, 'policy second, test "no": x'])]).toEqual(["first"]);
  });
  it("asks for what the policies read", () => {
    expect(namesRead(orderedPolicies({ packs: [{ name: "a", text: TEXT }] }))).toEqual(["failures", "score.hits", "score.trust"]);
    expect(fieldKind("standing.is_blocked", undefined, false)).toBe("choice");
    expect([valueOf("number", "x"), valueOf("number", "4"), valueOf("choice", "no"), valueOf("list", "A01, B02")]).toEqual([null, 4, false, ["A01", "B02"]]);
  });
});
