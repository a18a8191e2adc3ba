/** The form of a section: keeps what was typed, says beside itself what went wrong. */
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { DownIcon } from "../../components/icons";
import { wordsOf } from "../../lib/words";
import { settings as text } from "../../strings/settings";
import "../../components/select.css";

interface SettingsFormProps {
  label: string;
  submit: string;
  /** Who may only look sees the fields, and no button. */
  may?: boolean;
  /** Answers what is wrong with what was typed, or nothing. */
  check?: () => string | null;
  onSubmit: () => Promise<void>;
  children: ReactNode;
}

export function SettingsForm({ label, submit, may = true, check, onSubmit, children }: SettingsFormProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = check?.() ?? null;
    setFailure(wrong);
    if (wrong !== null || busy) return;
    setBusy(true);
    try {
      await onSubmit();
    } catch (error) {
      setFailure(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="card setform" aria-label={label} onSubmit={(event) => void send(event)} noValidate>
      <fieldset className="setform__fields" disabled={!may}>{children}</fieldset>
      {failure !== null && <p className="bad" role="alert">{failure}</p>}
      {may ? <p><button type="submit" className="button button--primary" disabled={busy}>{busy ? text.saving : submit}</button></p> : <p className="muted small">{text.readOnly}</p>}
    </form>
  );
}

interface EntryProps {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
  /** Numbers are short and take digits only. */
  numeric?: boolean;
  type?: "text" | "email";
  max?: number;
  placeholder?: string;
  unit?: string;
}

const LABEL_MAX = 100;

export function Entry({ label, hint, value, onChange, numeric = false, type = "text", max = LABEL_MAX, placeholder, unit }: EntryProps) {
  const id = useId();
  return (
    <div className="setform__entry">
      <label htmlFor={id}>{label}</label>
      <span className="setform__line">
        <input id={id} type={type} className={`field ${numeric ? "setform__number numeric" : "setform__text"}`} inputMode={numeric ? "numeric" : undefined} value={value} maxLength={max}
          placeholder={placeholder} spellCheck={false} autoComplete="off" aria-describedby={`${id}-hint`} onChange={(event) => onChange(event.target.value)} />
        {unit !== undefined && <span className="muted small">{unit}</span>}
      </span>
      <p id={`${id}-hint`} className="muted small">{hint}</p>
    </div>
  );
}

interface CheckProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Check({ label, hint, checked, onChange }: CheckProps) {
  const id = useId();
  return (
    <div className="setform__check">
      <input id={id} type="checkbox" checked={checked} aria-describedby={hint === undefined ? undefined : `${id}-hint`} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && <p id={`${id}-hint`} className="muted small">{hint}</p>}
    </div>
  );
}

/** A choice of many, named above and explained below. */
export function Choice({ label, hint, value, onChange, children }: { label: string; hint: string; value: string; onChange: (value: string) => void; children: ReactNode }) {
  const id = useId();
  return (
    <div className="setform__entry">
      <label htmlFor={id}>{label}</label>
      <span className="select setform__text">
        <select id={id} className="field select__field" value={value} aria-describedby={`${id}-hint`} onChange={(event) => onChange(event.target.value)}>{children}</select>
        <DownIcon />
      </span>
      <p id={`${id}-hint`} className="muted small">{hint}</p>
    </div>
  );
}
