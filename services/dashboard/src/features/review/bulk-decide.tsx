import { type FormEvent, useId, useState } from "react";
import type { Case } from "../../api/types";
import { Sheet } from "../../components/sheet";
import { wordsOf } from "../../lib/words";
import { review } from "../../strings/review";
import { OUTCOMES, type Outcome, useEnd } from "./use-end";

const text = review.bulk;

/** The same end for many cases, with one reason. */
export function BulkDecide({ cases, onDone }: { cases: readonly Case[]; onDone: () => void }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  return (
    <>
      {OUTCOMES.map((one) => <button key={one} type="button" className="button" onClick={() => setOutcome(one)}>{text[one]}</button>)}
      {outcome !== null && <ReasonSheet cases={cases} outcome={outcome} onClose={() => setOutcome(null)} onDone={onDone} />}
    </>
  );
}

function ReasonSheet({ cases, outcome, onClose, onDone }: { cases: readonly Case[]; outcome: Outcome; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const { many } = useEnd();
  const id = useId();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return setFailure(review.case.reasonMissing);
    try {
      await many(cases, outcome, reason.trim());
      onClose();
      onDone();
    } catch (error) {
      setFailure(wordsOf(error));
    }
  };
  return (
    <Sheet kind="centre" label={text.title(cases.length)} title={text.title(cases.length)} closeLabel={text.closeSheet} onClose={onClose}>
      <form className="decide" onSubmit={(event) => void send(event)} noValidate>
        <p>{text[outcome]}</p>
        <label htmlFor={id}>{text.reason}</label>
        <textarea id={id} className="field decide__reason" rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        {failure !== null && <p className="bad" role="alert">{failure}</p>}
        <p className="decide__end"><button type="submit" className="button button--primary">{text.go(cases.length)}</button></p>
      </form>
    </Sheet>
  );
}
