/** Asks for the reason of a decision, and how long it holds. */
import { type FormEvent, useId, useState } from "react";
import { type Action, manyWords, type Subject, useDecide } from "../lib/deciding";
import { expiryOf, UNTILS } from "../lib/until";
import { wordsOf } from "../lib/words";
import { deciding as text } from "../strings/deciding";
import { Sheet } from "./sheet";
import "./decide-dialog.css";

const REASON_MAX = 500;

interface DecideDialogProps {
  action: Action;
  subjects: readonly Subject[];
  onClose: () => void;
  onDone?: () => void;
}

export function DecideDialog({ action, subjects, onClose, onDone }: DecideDialogProps) {
  const decide = useDecide();
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState("");
  const field = useId();
  const [only] = subjects;
  const title = subjects.length === 1 && only ? text.actions[action].title(only.label) : manyWords(action, subjects);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (reason.trim() === "") return setFailure(text.reasonMissing);
    const until = new FormData(event.currentTarget).get("until");
    setBusy(true);
    try {
      await decide(subjects, { action, reason: reason.trim(), expiresAt: expiryOf(until, Date.now()) });
      onClose();
      onDone?.();
    } catch (error) {
      setFailure(wordsOf(error));
      setBusy(false);
    }
  };
  return (
    <Sheet kind="centre" label={title} title={<bdi>{title}</bdi>} closeLabel={text.close} onClose={onClose}>
      <form className="decide" onSubmit={(event) => void send(event)} noValidate>
        <p className="muted">{text.effects[action]}</p>
        <label htmlFor={field}>{text.reason}</label>
        <textarea id={field} className="field decide__reason" rows={3} maxLength={REASON_MAX} value={reason} aria-describedby={`${field}-hint`} onChange={(event) => setReason(event.target.value)} />
        <p id={`${field}-hint`} className="muted small">{text.reasonHint}</p>
        <p className="decide__reasons">
          {text.reasons.map((one) => <button key={one} type="button" className="button" onClick={() => setReason(one)}>{one}</button>)}
        </p>
        {action !== "review" && action !== "close" && action !== "clear" && action !== "unwatch" && <Until />}
        {failure !== null && <p className="bad" role="alert">{failure}</p>}
        <p className="decide__end">
          <button type="button" className="button" onClick={onClose}>{text.cancel}</button>
          <button type="submit" className="button button--primary" disabled={busy}>{busy ? text.busy : text.actions[action].name}</button>
        </p>
      </form>
    </Sheet>
  );
}

function Until() {
  return (
    <fieldset className="decide__until">
      <legend>{text.until}</legend>
      {UNTILS.map((name) => (
        <label key={name}><input type="radio" name="until" value={name} defaultChecked={name === "always"} /> {text.untils[name]}</label>
      ))}
    </fieldset>
  );
}
