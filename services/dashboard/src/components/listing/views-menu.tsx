/** Filters, range and order under a name, to come back to. */
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { stringifySearch } from "../../lib/search";
import { say } from "../../lib/toasts";
import { useUrl } from "../../lib/url";
import { wordsOf } from "../../lib/words";
import { listing as text } from "../../strings/listing";
import { BookmarkIcon, CloseIcon } from "../icons";
import { Popover } from "../popover";
import { Bone } from "../states";
import { useViews } from "./saved-views";

const NAME_MAX = 60;

export function ViewsMenu({ page }: { page: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover label={text.views} open={open} onOpen={setOpen} trigger={<button type="button" className="button"><BookmarkIcon />{text.views}</button>}>
      {(close) => <Views page={page} onDone={close} />}
    </Popover>
  );
}

function Views({ page, onDone }: { page: string; onDone: () => void }) {
  const [search] = useUrl();
  const navigate = useNavigate();
  const { views, isPending, save, remove } = useViews(page);
  const keep = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    if (name === "") return;
    try {
      await save(name, stringifySearch(search));
      say(text.viewSaved(name));
      onDone();
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
  };
  const show = (query: string) => {
    void navigate({ to: ".", search: Object.fromEntries(new URLSearchParams(query)) });
    onDone();
  };
  return (
    <div className="views">
      {isPending ? <Bone size="l" /> : views.length === 0 ? <p className="muted small">{text.noViews}</p> : (
        <ul className="views__list">
          {views.map((view) => (
            <li key={view.view_id}>
              <button type="button" className="views__open ellipsis" onClick={() => show(view.search)}><bdi>{view.name}</bdi></button>
              <button type="button" className="button button--quiet button--icon" title={text.removeView(view.name)} onClick={() => void remove(view.view_id).catch((error: unknown) => say(wordsOf(error), { bad: true }))}>
                <CloseIcon /><span className="visually-hidden">{text.removeView(view.name)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="views__form" onSubmit={(event) => void keep(event)}>
        <input className="field" name="name" aria-label={text.viewName} placeholder={text.viewName} maxLength={NAME_MAX} required autoComplete="off" />
        <button type="submit" className="button">{text.saveView}</button>
      </form>
    </div>
  );
}
