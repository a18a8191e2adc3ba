import { expect, it } from "vitest";
import { sentence } from "./sentence";

const said = (when: string) => sentence(when).map(({ text }) => text).join(" ");

it("says conditions in words", () => {
  expect(said('failures >= 5 || score.trust < 40 || "A01" in score.hits')).toBe("failures is 5 or more or trust is less than 40 or rule A01 fires");
  expect(said("standing.is_blocked")).toBe("the user, or something the event carries, is blocked");
  expect(said("!address.is_tor && score.risk <= 20")).toBe("address is not Tor and the risk is 20 or less");
  expect(said('event.type in ["account_login", "x"]')).toBe("the event is signed in or x");
});
it("keeps the brackets that matter", () => {
  expect(said("score.trust < 40 && (address.is_vpn || address.is_tor)")).toBe("trust is less than 40 and ( address is a VPN or address is Tor )");
  expect(said("a >= 1 && (b >= 2 && c >= 3)")).toBe("a is 1 or more and b is 2 or more and c is 3 or more");
});
it("leaves alone what it cannot say", () => {
  expect(sentence('event.url.matches("a || b")')).toEqual([{ kind: "code", text: 'event.url.matches("a || b")' }]);
});
