import { type FormEvent, useId, useRef, useState } from "react";
import type { CaseDetail } from "../../api/types";
import { useMay } from "../../lib/may";
import { useShortcuts } from "../../lib/shortcuts";
import { wordsOf } from "../../lib/words";
import { deciding } from "../../strings/deciding";
import { review } from "../../strings/review";
import { type Outcome, useEnd } from "./use-end";

const text = review.case;
const BUTTONS = { fraud: text.fraud, legitimate: text.legitimate, close: text.end } as const satisfies Record<Outcome, string>;
const KEYS = { b: "fraud", a: "legitimate", c: "close" } as const;

interface DecideCaseProps {
  detail: CaseDetail;
  label: string;
  onDecided: () => void;
}

/** A reason, and one of three ends. A key without a reason leads to the field. */
export function DecideCase({ detail, label, onDecided }: DecideCaseProps) {
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Outcome | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { one } = useEnd();
  const may = useMay("review");
  const id = useId();
  const end = async (outcome: Outcome) => {
    if (reason.trim() === "") {
      setWanted(outcome);
      setFailure(text.reasonMissing);
      return field.current?.focus();
    }
    try {
      await one({ ...detail, label }, outcome, reason.trim());
      return onDecided();
    } catch (error) {
      return setFailure(wordsOf(error));
    }
  };
  const isOpen = detail.state === "open" && may;
  useShortcuts(Object.fromEntries(Object.entries(KEYS).map(([key, outcome]) => [key, isOpen ? () => void end(outcome) : undefined])));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void end(wanted ?? "fraud");
  };
  if (detail.state !== "open") return <p>{text.decided(review.outcomes[detail.outcome ?? ""] ?? detail.outcome ?? "", detail.decided_by ?? "")}</p>;
  if (!may) return null;
  return (
    <form className="decide case__decide" onSubmit={submit}>
      <label htmlFor={id}>{text.reasonLabel}</label>
      <textarea id={id} ref={field} className="field decide__reason" rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => { if (event.key === "Enter" && !event.shiftKey) submit(event); }} />
      <p className="decide__reasons">{deciding.reasons.map((words) => <button key={words} type="button" className="button" onClick={() => setReason(words)}>{words}</button>)}</p>
      {failure !== null && <p className="bad small" role="alert">{failure}</p>}
      <p className="case__ends">
        {Object.entries(BUTTONS).map(([outcome, name]) => (
          <button key={outcome} type="button" className={`button ${outcome === wanted ? "button--primary" : ""}`} onClick={() => void end(outcome as Outcome)}>{name}</button>
        ))}
      </p>
      <p className="muted small">{text.onward}</p>
    </form>
  );
}
