import { useState } from "react";
import { useStore } from "../lib/store";
import { dismiss, say, type Toast, toasts } from "../lib/toasts";
import { strings } from "../strings";
import { CloseIcon } from "./icons";
import "./toaster.css";

/** Says what was done, at the edge of the screen and to screen readers. */
export function Toaster() {
  return (
    <div className="toaster" role="region" aria-live="polite" aria-label={strings.toasts.label}>
      {useStore(toasts).map((toast) => <ToastCard key={toast.id} toast={toast} />)}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const [undoing, setUndoing] = useState(false);
  const undo = async () => {
    setUndoing(true);
    try {
      await toast.undo?.();
      say(strings.toasts.undone);
    } catch {
      say(strings.toasts.notUndone, { bad: true });
    }
    dismiss(toast.id);
  };
  return (
    <div className={`toast ${toast.bad ? "toast--bad" : ""}`}>
      <span className="toast__text">{toast.text}</span>
      {toast.undo && <button type="button" className="button" disabled={undoing} onClick={() => void undo()}>{strings.toasts.undo}</button>}
      <button type="button" className="button button--quiet button--icon" onClick={() => dismiss(toast.id)} title={strings.toasts.dismiss}>
        <CloseIcon /><span className="visually-hidden">{strings.toasts.dismiss}</span>
      </button>
    </div>
  );
}
