import { answer, api } from "../../api/client";
import type { CaseDetail } from "../../api/types";
import { useMay } from "../../lib/may";
import { useShortcuts } from "../../lib/shortcuts";
import { say } from "../../lib/toasts";
import { wordsOf } from "../../lib/words";
import { review } from "../../strings/review";
import { useEnd } from "./use-end";

const text = review.case;

/** Who looks after the case. */
export function Assignee({ detail }: { detail: CaseDetail }) {
  const { refresh } = useEnd();
  const may = useMay("review");
  const give = async (assignee: string | null) => {
    try {
      await answer(api.POST("/api/v1/review/{case_id}/assign", { params: { path: { case_id: detail.case_id } }, body: { assignee, version: detail.version } }));
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
    await refresh();
  };
  useShortcuts({ m: may ? () => void give("me") : undefined });
  if (!may) return null;
  return detail.assignee
    ? <button type="button" className="button" onClick={() => void give(null)}>{text.toNobody}</button>
    : <button type="button" className="button" onClick={() => void give("me")}>{text.toMe}</button>;
}
