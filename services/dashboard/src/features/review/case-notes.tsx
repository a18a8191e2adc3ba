import { type FormEvent, useRef, useState } from "react";
import { answer, api } from "../../api/client";
import type { CaseDetail } from "../../api/types";
import { TimeAgo } from "../../components/time";
import { useMay } from "../../lib/may";
import { useShortcuts } from "../../lib/shortcuts";
import { say } from "../../lib/toasts";
import { wordsOf } from "../../lib/words";
import { decisions } from "../../strings/decisions";
import { review } from "../../strings/review";
import { useEnd } from "./use-end";

const text = review.case;

/** What people wrote and what was decided so far. */
export function CaseNotes({ detail }: { detail: CaseDetail }) {
  const may = useMay("review");
  return (
    <>
      <section>
        <h3>{text.notes}</h3>
        <ul>{detail.notes.map((note) => <li key={note.note_id} className="case__note"><p className="breakable"><bdi>{note.text}</bdi></p><p className="muted small">{note.author} · <TimeAgo iso={note.at} /></p></li>)}</ul>
        {may && <NoteForm caseId={detail.case_id} />}
      </section>
      {detail.decisions.length > 0 && (
        <section>
          <h3>{text.history}</h3>
          <ul>{detail.decisions.map((one) => <li key={one.decision_id} className="case__note"><p>{decisions.actions[one.action] ?? one.action}: <bdi>{one.reason}</bdi></p><p className="muted small"><bdi>{one.actor}</bdi> · <TimeAgo iso={one.at} /></p></li>)}</ul>
        </section>
      )}
    </>
  );
}

function NoteForm({ caseId }: { caseId: number }) {
  const { refresh } = useEnd();
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useShortcuts({ n: () => field.current?.focus() });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === "") return;
    try {
      await answer(api.POST("/api/v1/review/{case_id}/notes", { params: { path: { case_id: caseId } }, body: { text: typed.trim() } }));
      setTyped("");
      say(text.noted);
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
    await refresh();
  };
  return (
    <form className="decide" onSubmit={(event) => void send(event)}>
      <textarea ref={field} className="field decide__reason" rows={2} maxLength={2000} aria-label={text.noteLabel} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <p><button type="submit" className="button">{text.addNote}</button></p>
    </form>
  );
}
