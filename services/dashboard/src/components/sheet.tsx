/** A layer above the page: a centred sheet, or a drawer at the side that leaves the page in use beside it. */
import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { useNarrow } from "../lib/hooks";
import { CloseIcon } from "./icons";
import "./sheet.css";

interface SheetProps {
  kind: "centre" | "drawer" | "palette";
  title: ReactNode;
  label: string;
  closeLabel: string;
  onClose: () => void;
  actions?: ReactNode;
  children: ReactNode;
}

export function Sheet({ kind, title, label, closeLabel, onClose, actions, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const narrow = useNarrow();
  const modal = kind !== "drawer" || narrow;

  // Closing before the element goes lets the browser give the focus back to where it came from.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (modal) element.showModal();
    else element.show();
    return () => element.close();
  }, [modal]);

  // A modal hears Escape through `cancel`. A drawer yields to any modal above it.
  useEffect(() => {
    if (modal) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog:modal")) return;
      event.preventDefault();
      onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [modal, onClose]);

  return (
    // A click beside a modal closes it; that is a comfort for the pointer, the keyboard has Escape.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={`sheet sheet--${kind}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (modal && event.target === dialog.current) onClose();
      }}
    >
      <div className="sheet__frame">
        <header className="sheet__head">
          <h2 className="sheet__title">{title}</h2>
          {actions}
          <button type="button" className="button button--quiet button--icon" onClick={onClose} title={closeLabel}>
            <CloseIcon />
            <span className="visually-hidden">{closeLabel}</span>
          </button>
        </header>
        <div className="sheet__body">{children}</div>
      </div>
    </dialog>
  );
}
