/** What was decided about the user, and what people wrote down. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api } from "../../api/client";
import { DecisionList } from "../../components/decision-list";
import { TimeAgo } from "../../components/time";
import { useMay } from "../../lib/may";
import { wordsOf } from "../../lib/words";
import { user } from "../../strings/user";
import { userDecisionsQuery, userNotesQuery } from "./queries";

const text = user.decisions;
const NOTE_MAX = 2000;

export function Decisions({ userId }: { userId: string }) {
  const query = useInfiniteQuery(userDecisionsQuery(userId));
  return (
    <div className="stack">
      <Notes userId={userId} />
      <DecisionList plain name="user-decisions" query={query} about={false} empty={{ title: text.none, hint: text.noneTry }} />
    </div>
  );
}

function Notes({ userId }: { userId: string }) {
  const notes = useQuery(userNotesQuery(userId)).data?.items ?? [];
  const may = useMay("review");
  return (
    <section className="card notes" aria-labelledby="notes">
      <h2 id="notes">{text.notes}</h2>
      {notes.length === 0 && <p className="muted small">{text.noNotes}</p>}
      <ul>
        {notes.map((note) => (
          <li key={note.note_id} className="notes__note">
            <p className="breakable"><bdi>{note.text}</bdi></p>
            <p className="muted small">{note.author} · <TimeAgo iso={note.at} /></p>
          </li>
        ))}
      </ul>
      {may && <NoteForm userId={userId} />}
    </section>
  );
}

function NoteForm({ userId }: { userId: string }) {
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === "") return setFailure(text.noteMissing);
    try {
      await answer(api.POST("/api/v1/users/{user_id}/notes", { params: { path: { user_id: userId } }, body: { text: typed.trim() } }));
      setTyped("");
      setFailure(null);
      await queryClient.invalidateQueries({ queryKey: userNotesQuery(userId).queryKey });
    } catch (error) {
      setFailure(wordsOf(error));
    }
  };
  return (
    <form className="notes__form" onSubmit={(event) => void send(event)}>
      <textarea className="field decide__reason" rows={2} maxLength={NOTE_MAX} aria-label={text.noteLabel} value={typed} onChange={(event) => setTyped(event.target.value)} />
      {failure !== null && <p className="bad small" role="alert">{failure}</p>}
      <button type="submit" className="button">{text.addNote}</button>
    </form>
  );
}
