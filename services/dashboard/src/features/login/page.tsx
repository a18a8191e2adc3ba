/** The way in. Says plainly what failed and never which of the two fields was wrong. */
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { answer, api } from "../../api/client";
import { useTitle } from "../../lib/hooks";
import { useStore } from "../../lib/store";
import { refused, safeNext, session, stageOf, startSession } from "../../session/session";
import { strings } from "../../strings";
import { Enrol } from "./enrol";
import { Field, Step } from "./step";

const route = getRouteApi("/login");
const text = strings.login;

export function LoginPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const current = useStore(session);
  const [password, setPassword] = useState("");
  const [restarted, setRestarted] = useState(false);
  useTitle(text.title);
  const enter = useCallback(() => router.history.replace(safeNext(next)), [next, router]);
  const stage = restarted ? null : current?.stage;
  return (
    <main className="login">
      {stage === "totp" && <CodeStep onDone={enter} onCancel={() => setRestarted(true)} />}
      {stage === "enrol" && <Enrol lead={strings.secondFactor.required} password={password} onDone={enter} />}
      {stage !== "totp" && stage !== "enrol" && (
        <PasswordStep
          onPassword={(typed) => {
            setPassword(typed);
            setRestarted(false);
          }}
          onDone={enter}
        />
      )}
    </main>
  );
}

function PasswordStep({ onPassword, onDone }: { onPassword: (typed: string) => void; onDone: () => void }) {
  const ended = useStore(refused);
  const submit = async (form: FormData) => {
    const body = { email: String(form.get("email")).trim(), password: String(form.get("password")) };
    if (body.email === "" || body.password === "") return text.incomplete;
    const { stage, csrf_token } = await answer(api.POST("/api/v1/login", { body }));
    // A browser that keeps no secure cookie here would bounce back to the login for ever.
    if (!isSecureContext) return text.insecure;
    onPassword(body.password);
    startSession({ stage: stageOf(stage), csrfToken: csrf_token });
    if (stage === "open") onDone();
    return undefined;
  };
  return (
    <Step title={text.title} lead={ended ? text.again : undefined} submit={text.submit} onSubmit={submit}>
      <Field label={text.email} name="email" type="email" autoComplete="username" focus />
      <Field label={text.password} name="password" type="password" autoComplete="current-password" />
    </Step>
  );
}

function CodeStep({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const submit = async (form: FormData) => {
    const code = String(form.get("code")).trim();
    if (code === "") return text.codeIncomplete;
    const { stage, csrf_token } = await answer(api.POST("/api/v1/login/code", { body: { code } }));
    startSession({ stage: stageOf(stage), csrfToken: csrf_token });
    onDone();
    return undefined;
  };
  return (
    <Step title={text.codeTitle} lead={text.codeHint} submit={text.codeSubmit} onSubmit={submit}>
      <Field label={text.code} name="code" autoComplete="one-time-code" focus />
      <button type="button" className="button" onClick={onCancel}>{text.cancel}</button>
    </Step>
  );
}
