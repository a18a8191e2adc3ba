/** The decisions one may make about somebody or something, behind one button. */
import { useState } from "react";
import { type Action, canBeListed, type Subject } from "../lib/deciding";
import { useMay } from "../lib/may";
import { deciding as text } from "../strings/deciding";
import { DecideDialog } from "./decide-dialog";
import { Menu, MenuItem } from "./menu";

interface DecideMenuProps {
  subjects: readonly Subject[];
  actions: readonly Action[];
  onDone?: () => void;
}

export function DecideMenu({ subjects, actions, onDone }: DecideMenuProps) {
  const [action, setAction] = useState<Action | null>(null);
  const isUsers = subjects.every(({ kind }) => kind === "users");
  const mayReview = useMay("review");
  const mayList = useMay("lists");
  if (!(isUsers ? mayReview : mayList) || !subjects.every(({ kind }) => canBeListed(kind))) return null;
  return (
    <>
      <Menu trigger={<button type="button" className="button">{text.menu}</button>}>
        {actions.map((one) => <MenuItem key={one} onSelect={() => setAction(one)}>{text.actions[one].name}</MenuItem>)}
      </Menu>
      {action !== null && <DecideDialog action={action} subjects={subjects} onClose={() => setAction(null)} onDone={onDone} />}
    </>
  );
}
