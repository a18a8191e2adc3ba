import { type FormEvent, useState } from "react";
import { answer, api } from "../../api/client";
import { Sheet } from "../../components/sheet";
import { say } from "../../lib/toasts";
import { wordsOf } from "../../lib/words";
import { deciding } from "../../strings/deciding";
import { user as strings } from "../../strings/user";

const text = strings.erase;

/** Cannot be undone, so it asks for the id to be typed. */
export function EraseSheet({ userId, onClose }: { userId: string; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (typed !== userId) return setFailure(text.wrong);
    try {
      await answer(api.POST("/api/v1/users/{user_id}/erase", { params: { path: { user_id: userId } }, body: { confirm: typed } }));
      say(text.begun);
      onClose();
    } catch (error) {
      setFailure(wordsOf(error));
    }
  };
  return (
    <Sheet kind="centre" label={text.title} title={text.title} closeLabel={text.close} onClose={onClose}>
      <form className="decide" onSubmit={(event) => void send(event)}>
        <p>{text.lead}</p>
        <p className="breakable"><bdi>{text.confirm(userId)}</bdi></p>
        <input className="field" aria-label={text.label} value={typed} autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
        {failure !== null && <p className="bad" role="alert">{failure}</p>}
        <p className="decide__end">
          <button type="button" className="button" onClick={onClose}>{deciding.cancel}</button>
          <button type="submit" className="button button--grave">{text.go}</button>
        </p>
      </form>
    </Sheet>
  );
}
