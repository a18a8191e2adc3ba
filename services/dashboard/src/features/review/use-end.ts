/** Ends reviews: at once, said with a way back. */
import { useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import type { Case } from "../../api/types";
import { undoDecision } from "../../lib/deciding";
import { say } from "../../lib/toasts";
import { review } from "../../strings/review";

export const OUTCOMES = ["fraud", "legitimate", "close"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The parts of a case that deciding needs. */
export type Ended = Pick<Case, "case_id" | "version" | "user_id"> & { label: string };

export function useEnd() {
  const queryClient = useQueryClient();
  const refresh = async () => {
    await Promise.all(["review", "case", "review-counts", "user", "users", "standing", "decisions"].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
  };
  const one = async (ended: Ended, outcome: Outcome, reason: string) => {
    const done = await answer(api.POST("/api/v1/review/{case_id}/decide", { params: { path: { case_id: ended.case_id } }, body: { outcome, reason, version: ended.version } }));
    const { decision_id: id } = done;
    const undo = async () => {
      if (typeof id === "number") await undoDecision(id);
      await refresh();
    };
    say(review.case.done[outcome](ended.label), typeof id === "number" ? { undo } : {});
    await refresh();
  };
  const many = async (cases: readonly Case[], outcome: Outcome, reason: string) => {
    const done = await answer(api.POST("/api/v1/review:decide", { body: { outcome, reason, cases: cases.map(({ case_id, version }) => ({ case_id, version })) } }));
    const undo = async () => {
      await answer(api.POST("/api/v1/decisions/batches/{batch_id}/undo", { params: { path: { batch_id: done.batch } }, body: { reason: review.bulk.undoReason } }));
      await refresh();
    };
    say(review.bulk.done(done.decided), { undo });
    const changed = done.items.filter(({ result }) => result !== "decided").length;
    if (changed > 0) say(review.bulk.changed(changed), { bad: true });
    await refresh();
  };
  return { one, many, refresh };
}
