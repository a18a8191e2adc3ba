/** What is different in a session from the one before: device, place, address. */
import type { Session } from "../../api/types";

export type Change = "device" | "place" | "address";

/** Sessions come the newest first; the answer is in the same order. The oldest known has nothing before it. */
export function changesOf(sessions: readonly Session[]): Change[][] {
  return sessions.map((session, index) => {
    const before = sessions[index + 1];
    if (!before) return [];
    const changes: Change[] = [];
    if (session.device && before.device && session.device.device_id !== before.device.device_id) changes.push("device");
    if (session.country && before.country && session.country !== before.country) changes.push("place");
    if (session.ip !== before.ip) changes.push("address");
    return changes;
  });
}

/** A number for each distinct value in the order of appearance, so that the same device keeps its colour. */
export function ranksOf(values: readonly string[]): number[] {
  const known = new Map<string, number>();
  return values.map((value) => {
    const rank = known.get(value) ?? known.size;
    known.set(value, rank);
    return rank;
  });
}
