/** The way in. Says plainly what failed and never which of the two fields was wrong. */
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { answer, api } from "../../api/client";
import { ApiError } from "../../api/problem";
import { useTitle } from "../../lib/hooks";
import { useStore } from "../../lib/store";
import { refused, safeNext, startSession } from "../../session/session";
import { strings } from "../../strings";
import "./login.css";

const route = getRouteApi("/login");

function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return strings.login.away;
  if (error.kind === "unauthorized") return strings.login.wrong;
  if (error.kind === "bad-request") return error.detail ?? strings.login.wrong;
  if (error.kind === "limited") return strings.login.limited(error.retryAfterSeconds);
  return error.kind === "offline" ? strings.login.offline : strings.login.away;
}

export function LoginPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const ended = useStore(refused);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const email = useRef<HTMLInputElement>(null);
  useTitle(strings.login.title);
  useEffect(() => email.current?.focus(), []);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { email: String(form.get("email")).trim(), password: String(form.get("password")) };
    if (body.email === "" || body.password === "") return setProblem(strings.login.incomplete);
    setBusy(true);
    setProblem(null);
    try {
      const { token, expires_at } = await answer(api.POST("/api/v1/login", { body }));
      startSession({ token, expiresAt: expires_at });
      router.history.replace(safeNext(next));
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  };

  return (
    <main className="login">
      <form className="login__form card" onSubmit={(event) => void submit(event)} noValidate>
        <p className="login__brand">{strings.product}</p>
        <h1>{strings.login.title}</h1>
        {ended && problem === null && <p className="login__note muted">{strings.login.again}</p>}
        {problem !== null && <p className="login__note login__note--bad" role="alert">{problem}</p>}
        <label className="login__label">
          {strings.login.email}
          <input ref={email} className="field" name="email" type="email" autoComplete="username" required />
        </label>
        <label className="login__label">
          {strings.login.password}
          <input className="field" name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit" className="button button--primary" disabled={busy}>
          {busy ? strings.login.busy : strings.login.submit}
        </button>
      </form>
    </main>
  );
}
