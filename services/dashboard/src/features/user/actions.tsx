/** What one may do about a user, on top of the page. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import type { User } from "../../api/types";
import { DecideDialog } from "../../components/decide-dialog";
import { AllowIcon, BlockIcon, MoreIcon, ReviewIcon, WatchIcon } from "../../components/icons";
import { Menu, MenuItem, MenuLine } from "../../components/menu";
import type { Action } from "../../lib/deciding";
import { downloadJson } from "../../lib/download";
import { useMay } from "../../lib/may";
import { say } from "../../lib/toasts";
import { wordsOf } from "../../lib/words";
import { deciding } from "../../strings/deciding";
import { user as text } from "../../strings/user";
import { EraseSheet } from "./erase-sheet";

const BUTTONS = [
  { action: "block", icon: BlockIcon }, { action: "allow", icon: AllowIcon }, { action: "watch", icon: WatchIcon }, { action: "review", icon: ReviewIcon },
] as const satisfies readonly { action: Action; icon: unknown }[];

export function Actions({ user }: { user: User }) {
  const [action, setAction] = useState<Action | null>(null);
  const [erasing, setErasing] = useState(false);
  const mayReview = useMay("review");
  const subject = { kind: "users" as const, key: user.user_id, label: user.email || user.user_id };
  return (
    <div className="useractions">
      {mayReview && BUTTONS.map(({ action: one, icon: Icon }) => (
        <button key={one} type="button" className="button" onClick={() => setAction(one)}><Icon />{deciding.actions[one].name}</button>
      ))}
      <More user={user} onAction={setAction} onErase={() => setErasing(true)} />
      {action !== null && <DecideDialog action={action} subjects={[subject]} onClose={() => setAction(null)} />}
      {erasing && <EraseSheet userId={user.user_id} onClose={() => setErasing(false)} />}
    </div>
  );
}

function More({ user, onAction, onErase }: { user: User; onAction: (action: Action) => void; onErase: () => void }) {
  const queryClient = useQueryClient();
  const [mayReview, mayExport, mayErase] = [useMay("review"), useMay("export"), useMay("erase")];
  const path = { user_id: user.user_id };
  const attempt = async (act: () => Promise<string>) => {
    try {
      say(await act());
      await queryClient.invalidateQueries({ queryKey: ["user", user.user_id] });
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
  };
  const rescore = async () => {
    await answer(api.POST("/api/v1/users/{user_id}/rescore", { params: { path } }));
    return text.actions.rescored;
  };
  const label = (name: "fraud" | "legitimate") => async () => {
    await answer(api.POST("/api/v1/labels", { body: { labels: [{ user_id: user.user_id, label: name, reason: text.actions.labelReason }] } }));
    return text.actions.labelled(name);
  };
  const take = async () => {
    await downloadJson(`/api/v1/users/${encodeURIComponent(user.user_id)}/export`, `user-${user.user_id}`);
    return text.actions.exported;
  };
  return (
    <Menu trigger={<button type="button" className="button button--icon" title={text.actions.more}><MoreIcon /><span className="visually-hidden">{text.actions.more}</span></button>}>
      {mayReview && <MenuItem onSelect={() => onAction("clear")}>{deciding.actions.clear.name}</MenuItem>}
      {mayReview && <MenuItem onSelect={() => onAction("unwatch")}>{deciding.actions.unwatch.name}</MenuItem>}
      {mayReview && <MenuItem onSelect={() => void attempt(rescore)}>{text.actions.rescore}</MenuItem>}
      {mayReview && <MenuItem onSelect={() => void attempt(label("fraud"))}>{text.actions.labelFraud}</MenuItem>}
      {mayReview && <MenuItem onSelect={() => void attempt(label("legitimate"))}>{text.actions.labelLegitimate}</MenuItem>}
      {mayExport && <MenuItem onSelect={() => void attempt(take)}>{text.actions.export}</MenuItem>}
      {mayErase && <MenuLine />}
      {mayErase && <MenuItem grave onSelect={onErase}>{text.actions.erase}</MenuItem>}
    </Menu>
  );
}
