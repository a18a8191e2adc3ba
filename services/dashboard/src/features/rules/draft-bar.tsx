/** The changes waiting to be published, at the foot of every page about rules. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useStore } from "../../lib/store";
import { say } from "../../lib/toasts";
import { rules as text } from "../../strings/rules";
import { countOf, draft, NO_CHANGES, patchOf } from "./draft";
import { PublishSheet } from "./publish-sheet";
import { ruleSetQuery } from "./queries";

const words = text.draft;

export function DraftBar() {
  const changes = useStore(draft);
  const current = useQuery(ruleSetQuery).data;
  const [open, setOpen] = useState(false);
  const { base } = changes;
  if (base === null || !current) return null;
  const discard = () => {
    draft.set(NO_CHANGES);
    say(words.discarded, { undo: async () => draft.set(changes) });
  };
  return (
    <>
      <div className="bulk draftbar" role="region" aria-label={words.label}>
        <span className="bulk__count" role="status">{words.count(countOf(changes))}</span>
        <span className="muted small draftbar__hint">{words.waiting}</span>
        <button type="button" className="button button--quiet" onClick={discard}>{words.discard}</button>
        <button type="button" className="button button--primary" onClick={() => setOpen(true)}>{words.review}</button>
      </div>
      {open && (
        <PublishSheet change={{ base, patch: patchOf(changes, current.content) }} onClose={() => setOpen(false)}
          onRebase={(newer) => draft.set({ ...changes, base: newer })}
          onPublished={() => { setOpen(false); draft.set(NO_CHANGES); }} />
      )}
    </>
  );
}
