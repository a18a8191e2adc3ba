/** Tries an example on every policy, pack by pack, and finds the first that matches. */
import { useMutation } from "@tanstack/react-query";
import { checkPack } from "../rules/queries";
import type { RuleSetContent } from "../rules/types";
import { type Given, missed, withAttempt } from "./attempt";
import { orderedPolicies } from "./order";

/** Whether each policy matches, in the order they are tried, by pack and id. */
export type Outcome = readonly { key: string; matches: boolean }[];

export const keyOf = (pack: string, id: string): string => `${pack} ${id}`;

export function useAttempt(content: RuleSetContent) {
  return useMutation({
    mutationFn: async (given: Given): Promise<Outcome> => {
      const packs = (content.packs ?? []).filter(({ name }) => orderedPolicies(content).some(({ pack }) => pack === name));
      const found = await Promise.all(packs.map(async ({ name, text }) => {
        const check = await checkPack(withAttempt(text, given), AbortSignal.timeout(10_000));
        const [fault] = check.faults;
        if (fault) throw new Error(fault.message);
        return [name, missed(check.failed_tests)] as const;
      }));
      const misses = new Map(found);
      return orderedPolicies(content).map(({ pack, policy: { id, eventTypes } }) => {
        const type = given["event.type"];
        const isMeant = eventTypes.length === 0 || (typeof type === "string" && eventTypes.includes(type));
        return { key: keyOf(pack, id), matches: isMeant && misses.get(pack)?.has(id) === false };
      });
    },
  });
}
