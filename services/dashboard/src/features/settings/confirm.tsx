/** For what cannot be undone: says what happens, and asks for a word. */
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Sheet } from "../../components/sheet";
import { wordsOf } from "../../lib/words";
import { settings as text } from "../../strings/settings";

interface ConfirmProps {
  title: string;
  lead: string;
  word: string;
  go: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children?: ReactNode;
}

export function Confirm({ title, lead, word, go, onConfirm, onClose, children }: ConfirmProps) {
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const id = useId();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== word.trim()) return setFailure(text.wrongWord);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(wordsOf(error));
    }
  };
  return (
    <Sheet kind="centre" label={title} title={<bdi>{title}</bdi>} closeLabel={text.close} onClose={onClose}>
      <form className="decide" onSubmit={(event) => void send(event)} noValidate>
        <p>{lead}</p>
        {children}
        <label htmlFor={id}>{text.typeWord(word)}</label>
        <input id={id} className="field" value={typed} autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
        {failure !== null && <p className="bad" role="alert">{failure}</p>}
        <p className="decide__end">
          <button type="button" className="button" onClick={onClose}>{text.cancel}</button>
          <button type="submit" className="button button--grave">{go}</button>
        </p>
      </form>
    </Sheet>
  );
}
