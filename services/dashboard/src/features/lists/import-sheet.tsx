import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { answer, api } from "../../api/client";
import { Sheet } from "../../components/sheet";
import { say } from "../../lib/toasts";
import { wordsOf } from "../../lib/words";
import { lists } from "../../strings/lists";
import { importLines } from "./kinds";
import type { ListName } from "./queries";

const text = lists.import;

interface Tried {
  imported: number;
  repeated: number;
  refused: number;
  errors: readonly { line: number; message: string }[];
}

/** Puts many values on lists: first a check that says line by line what would happen, then the import itself. */
export function ImportSheet({ list, onClose }: { list: ListName; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [pasted, setPasted] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState<Tried | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const id = useId();
  const run = async (dryRun: boolean) => {
    const entries = importLines(pasted).map((line) => ({ list, ...line }));
    if (entries.length === 0 || reason.trim() === "") return setFailure(text.missing);
    setFailure(null);
    try {
      const done = await answer(api.POST("/api/v1/lists:import", { params: { query: {} }, body: { entries, reason: reason.trim(), dry_run: dryRun } }));
      if (dryRun) return setTried(done);
      say(text.done(done.imported));
      await queryClient.invalidateQueries({ queryKey: ["lists"] });
      return onClose();
    } catch (error) {
      return setFailure(wordsOf(error));
    }
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    void run(tried === null);
  };
  const change = (next: string) => {
    setPasted(next);
    setTried(null);
  };
  return (
    <Sheet kind="centre" label={text.title} title={text.title} closeLabel={text.close} onClose={onClose}>
      <form className="decide" onSubmit={send} noValidate>
        <label htmlFor={`${id}-text`}>{text.text}</label>
        <textarea id={`${id}-text`} className="field decide__reason mono" rows={8} placeholder={text.example} value={pasted} spellCheck={false} aria-describedby={`${id}-hint`} onChange={(event) => change(event.target.value)} />
        <p id={`${id}-hint`} className="muted small">{text.hint}</p>
        <label htmlFor={`${id}-reason`}>{text.reason}</label>
        <input id={`${id}-reason`} className="field" value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        {tried && <p role="status">{text.tried(tried.imported, tried.repeated, tried.refused)}</p>}
        {tried && tried.errors.length > 0 && <ul className="bad small">{tried.errors.map((error) => <li key={error.line}>{text.line(error.line, error.message)}</li>)}</ul>}
        {failure !== null && <p className="bad" role="alert">{failure}</p>}
        <p className="decide__end"><button type="submit" className="button button--primary">{tried === null ? text.check : text.go(tried.imported)}</button></p>
      </form>
    </Sheet>
  );
}
