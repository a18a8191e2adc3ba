import { expect, it } from "vitest";
import { attackId, needState } from "./needs";

it("tells whether data is there, and where it would come from", () => {
  const sets = [{ name: "networks of IPv4", is_present: true }, { name: "cities of IPv4", is_present: false }];
  expect(needState("network", sets)).toBe("present");
  expect(needState("place", sets)).toBe("missing");
  expect(needState("custom.coupon", sets)).toBe("event");
  expect(needState("DNS provider", sets)).toBe("provider");
  expect(needState("network", undefined)).toBe("unknown");
});
it("knows the tags of ATT&CK", () => {
  expect(attackId("attack.t1110.003")).toBe("T1110.003");
  expect(attackId("automation")).toBeNull();
});
