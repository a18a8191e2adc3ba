import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api } from "../../api/client";
import type { Case } from "../../api/types";
import { DecideDialog, wordsOf } from "../../components/decide-dialog";
import { UserChip } from "../../components/entity-chip";
import { Sheet } from "../../components/sheet";
import { type Action } from "../../lib/deciding";
import { useMay } from "../../lib/may";
import { say } from "../../lib/toasts";
import { review as text } from "../../strings/review";

const ACTIONS = ["block", "allow", "watch", "close"] as const;

export function CaseDrawer({ one, onClose }: { one: Case; onClose: () => void }) {
  const [action, setAction] = useState<Action | null>(null);
  const may = useMay("review");
  const who = one.email ?? one.user_id;
  return (
    <Sheet kind="drawer" label={text.caseOf(who)} title={<bdi>{text.caseOf(who)}</bdi>} closeLabel={text.close} onClose={onClose}>
      <p><UserChip userId={one.user_id} email={one.email} score={one.trust_score ?? null} band={one.band} /></p>
      <p><bdi>{one.reason}</bdi></p>
      {typeof one.trust_at_opening === "number" && <p className="muted">{text.trustThen}: {one.trust_at_opening}</p>}
      {one.event_id && <p className="muted">{text.event}: <span className="mono">{one.event_id}</span></p>}
      {may && one.state === "open" && <p>{ACTIONS.map((name) => <button key={name} type="button" className="button" onClick={() => setAction(name)}>{text.actions[name]}</button>)}</p>}
      {may && <Note one={one} />}
      {action !== null && <DecideDialog action={action} subjects={[{ kind: "users", key: one.user_id, label: who }]} onClose={() => setAction(null)} onDone={onClose} />}
    </Sheet>
  );
}

function Note({ one }: { one: Case }) {
  const queryClient = useQueryClient();
  const [note, setNote] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await answer(api.POST("/api/v1/review/{case_id}/notes", { params: { path: { case_id: one.case_id } }, body: { text: note.trim() } }));
      setNote("");
      say(text.noted);
      await queryClient.invalidateQueries({ queryKey: ["review"] });
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <label>{text.note}<textarea className="field" rows={2} value={note} onChange={(event) => setNote(event.target.value)} /></label>
      <button type="submit" className="button" disabled={note.trim() === ""}>{text.addNote}</button>
    </form>
  );
}
