import { useEffect, useState } from "react";
import { strings } from "../strings";
import { CopyIcon, DoneIcon } from "./icons";
import "./copy-button.css";

const CONFIRM_MS = 1_500;

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = () => navigator.clipboard.writeText(text).then(() => setDone(true), () => setDone(false));
  return (
    <button type="button" className="copy" onClick={() => void copy()} title={strings.event.copy(what)}>
      {done ? <DoneIcon /> : <CopyIcon />}
      <span className="visually-hidden" role="status">
        {done ? strings.event.copied : ""}
      </span>
      <span className="visually-hidden">{strings.event.copy(what)}</span>
    </button>
  );
}
