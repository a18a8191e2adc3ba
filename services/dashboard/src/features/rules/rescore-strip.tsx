/** How far judging everybody by new rules is. Quiet when there is nothing to tell. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNow } from "../../lib/clock";
import { rules as text } from "../../strings/rules";
import { rescoreQuery } from "./queries";
import type { Rescore } from "./types";

const words = text.rescore;
/** How long the end of a job stays news. */
const NEWS_MS = 10 * 60_000;

export function RescoreStrip() {
  const { data } = useQuery(rescoreQuery);
  const now = useNow();
  useNewNumbers(data?.state);
  if (!data || !isNews(data, now)) return null;
  const { state, users_done: done, users_total: total } = data;
  const busy = state === "running" || state === "waiting";
  return (
    <div className={`rescore rescore--${state}`} role="status">
      <span>{told(data)}</span>
      {busy && total > 0 && <progress className="rescore__bar" max={total} value={done} aria-label={words.progress} />}
    </div>
  );
}

function isNews({ state, finished_at: finished }: Rescore, now: number): boolean {
  if (state === "waiting" || state === "running" || state === "failed") return true;
  return state === "done" && typeof finished === "string" && now - Date.parse(finished) < NEWS_MS;
}

function told(job: Rescore): string {
  const version = job.target_version ?? 0;
  if (job.state === "waiting") return words.waiting;
  if (job.state === "running") return words.running(job.users_done, job.users_total, version);
  if (job.state === "failed") return words.failed;
  const further = [
    job.cases_opened > 0 && words.cases(job.cases_opened), job.users_blocked > 0 && words.blocked(job.users_blocked),
    job.blocks_withheld > 0 && words.withheld(job.blocks_withheld),
  ].filter((part) => part !== false);
  return [words.done(job.users_total, version), ...further].join(" · ");
}

/** Once everybody is judged, for how many a rule fires is another number. */
function useNewNumbers(state?: string): void {
  const client = useQueryClient();
  const before = useRef(state);
  useEffect(() => {
    if (state === "done" && before.current === "running") void client.invalidateQueries({ queryKey: ["rules"] });
    before.current = state;
  }, [state, client]);
}
