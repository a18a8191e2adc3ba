/** One case beside the queue: why it is here, what is known, and the decision. */
import { useQuery } from "@tanstack/react-query";
import type { Case } from "../../api/types";
import { DownIcon, UpIcon } from "../../components/icons";
import { Sheet } from "../../components/sheet";
import { Empty, Failure, Loading } from "../../components/states";
import { ApiError } from "../../api/problem";
import { useShortcuts } from "../../lib/shortcuts";
import { useUrl } from "../../lib/url";
import { review } from "../../strings/review";
import { CaseFacts } from "./case-facts";
import { CaseNotes } from "./case-notes";
import { DecideCase } from "./decide-case";
import { caseQuery } from "./queries";

const text = review.case;

interface CaseDrawerProps {
  caseId: number;
  /** The rows of the queue, to step through. */
  rows: readonly Case[];
}

export function CaseDrawer({ caseId, rows }: CaseDrawerProps) {
  const [, change] = useUrl();
  const query = useQuery(caseQuery(caseId));
  const index = rows.findIndex((row) => row.case_id === caseId);
  const listed = rows[index];
  const open = (row: Case | undefined) => row && change({ case: String(row.case_id) });
  const next = index >= 0 ? rows[index + 1] : undefined;
  const previous = index > 0 ? rows[index - 1] : undefined;
  useShortcuts({ j: () => open(next), k: () => open(previous) });
  const close = () => change({ case: undefined }, { step: true });
  const onDecided = () => (next ? open(next) : close());
  const label = listed?.email || query.data?.user_id || text.label;
  const unknown = query.error instanceof ApiError && query.error.kind === "not-found";
  return (
    <Sheet kind="drawer" label={text.label} title={<bdi className="breakable">{label}</bdi>} closeLabel={text.close} onClose={close}
      actions={<>
        <Step label={text.previous} icon={<UpIcon />} onStep={previous && (() => open(previous))} />
        <Step label={text.next} icon={<DownIcon />} onStep={next && (() => open(next))} />
      </>}>
      {query.data ? (
        <div className="stack case">
          <CaseFacts detail={query.data} listed={listed} />
          <DecideCase detail={query.data} label={label} onDecided={onDecided} />
          <CaseNotes detail={query.data} />
        </div>
      ) : query.isPending ? <Loading /> : unknown ? <Empty title={text.missing} hint={text.missingTry} /> : <Failure error={query.error} onRetry={() => void query.refetch()} />}
    </Sheet>
  );
}

function Step({ label, icon, onStep }: { label: string; icon: React.ReactNode; onStep?: () => void }) {
  return <button type="button" className="button button--quiet button--icon" title={label} disabled={!onStep} onClick={onStep}>{icon}<span className="visually-hidden">{label}</span></button>;
}
