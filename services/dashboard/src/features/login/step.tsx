/** One step of signing in: a form that says what failed and cannot be sent twice. */
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { strings } from "../../strings";
import { explain } from "./explain";
import "./login.css";

interface StepProps {
  title: string;
  lead?: string | undefined;
  submit: string;
  children: ReactNode;
  /** Throws what failed; text that it returns is a problem to show. */
  onSubmit: (form: FormData) => Promise<string | undefined>;
}

export function Step({ title, lead, submit, children, onSubmit }: StepProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      setProblem((await onSubmit(form)) ?? null);
    } catch (error) {
      setProblem(explain(error));
    }
    setBusy(false);
  };
  return (
    <form className="login__form card" onSubmit={(event) => void send(event)} noValidate>
      <p className="login__brand">{strings.product}</p>
      <h1>{title}</h1>
      {lead !== undefined && problem === null && <p className="login__note muted">{lead}</p>}
      {problem !== null && <p className="login__note login__note--bad" role="alert">{problem}</p>}
      {children}
      <button type="submit" className="button button--primary" disabled={busy}>
        {busy ? strings.login.busy : submit}
      </button>
    </form>
  );
}

interface FieldProps {
  label: string;
  name: string;
  type?: "text" | "email" | "password";
  autoComplete: string;
  hint?: string;
  numeric?: boolean;
  focus?: boolean;
}

export function Field({ label, name, type = "text", autoComplete, hint, numeric, focus }: FieldProps) {
  const hintId = `${name}-hint`;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) input.current?.focus();
  }, [focus]);
  return (
    <label className="login__label">
      {label}
      <input
        ref={input}
        className="field" name={name} type={type} autoComplete={autoComplete} required
        inputMode={numeric ? "numeric" : undefined} aria-describedby={hint === undefined ? undefined : hintId}
      />
      {hint !== undefined && <span className="login__hint muted" id={hintId}>{hint}</span>}
    </label>
  );
}
