import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { answer, api } from "../../api/client";
import { Select } from "../../components/select";
import { Sheet } from "../../components/sheet";
import { undoDecision } from "../../lib/deciding";
import { say } from "../../lib/toasts";
import { expiryOf } from "../../lib/until";
import { wordsOf } from "../../lib/words";
import { deciding } from "../../strings/deciding";
import { lists } from "../../strings/lists";
import { guessKind, isListKind, LIST_KINDS, type ListKind } from "./kinds";
import { LISTS, type ListName } from "./queries";

const text = lists.add;

/** Puts one value on a list. The kind is guessed from what is typed, until the reader chooses. */
export function AddSheet({ list, onClose }: { list: ListName; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [value, setValue] = useState("");
  const [chosen, setChosen] = useState<ListKind | null>(null);
  const [onto, setOnto] = useState<string>(list);
  const [until, setUntil] = useState("always");
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const id = useId();
  const kind = chosen ?? guessKind(value);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (value.trim() === "" || reason.trim() === "") return setFailure(text.missing);
    try {
      const done = await answer(api.POST("/api/v1/lists", { body: { list: onto, kind, value: value.trim(), reason: reason.trim(), expires_at: expiryOf(until, Date.now()) } }));
      const refresh = () => queryClient.invalidateQueries({ queryKey: ["lists"] });
      say(text.done(value.trim()), { undo: async () => { await undoDecision(done.decision_id); await refresh(); } });
      await refresh();
      onClose();
    } catch (error) {
      setFailure(wordsOf(error));
    }
  };
  return (
    <Sheet kind="centre" label={text.title} title={text.title} closeLabel={text.close} onClose={onClose}>
      <form className="decide" onSubmit={(event) => void send(event)} noValidate>
        <label htmlFor={`${id}-value`}>{text.value}</label>
        <input id={`${id}-value`} className="field mono" value={value} maxLength={255} spellCheck={false} autoComplete="off" aria-describedby={`${id}-hint`} onChange={(event) => setValue(event.target.value)} />
        <p id={`${id}-hint`} className="muted small">{value.trim() === "" ? text.valueHint : text.guessed(lists.kinds[kind])}</p>
        <Select label={text.kind} value={kind} onChange={(next) => setChosen(isListKind(next) ? next : null)}>{LIST_KINDS.map((one) => <option key={one} value={one}>{lists.kinds[one]}</option>)}</Select>
        <Select label={text.list} value={onto} onChange={setOnto}>{LISTS.map((one) => <option key={one} value={one}>{lists.names[one]}</option>)}</Select>
        <Select label={text.until} value={until} onChange={setUntil}>{Object.entries(deciding.untils).map(([key, name]) => <option key={key} value={key}>{`${text.until} ${name}`}</option>)}</Select>
        <label htmlFor={`${id}-reason`}>{text.reason}</label>
        <textarea id={`${id}-reason`} className="field decide__reason" rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        {failure !== null && <p className="bad" role="alert">{failure}</p>}
        <p className="decide__end"><button type="submit" className="button button--primary">{text.go}</button></p>
      </form>
    </Sheet>
  );
}
