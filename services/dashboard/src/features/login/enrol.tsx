/** Setting up the second factor: a key for the app, a code that proves it, recovery codes to keep. */
import { useState } from "react";
import { answer, api } from "../../api/client";
import { Qr } from "../../components/qr";
import { type Session, stageOf, startSession } from "../../session/session";
import { strings } from "../../strings";
import { Field, Step } from "./step";

const text = strings.secondFactor;

interface EnrolProps {
  lead?: string;
  /** Known when the reader has just typed it; asked for otherwise. */
  password?: string;
  onDone: () => void;
}

interface Key {
  secret: string;
  uri: string;
}

export function Enrol({ lead, password = "", onDone }: EnrolProps) {
  const [key, setKey] = useState<Key | null>(null);
  const [on, setOn] = useState<{ codes: string[]; session: Session } | null>(null);
  if (on !== null) {
    const finish = () => {
      startSession(on.session);
      onDone();
      return Promise.resolve(undefined);
    };
    return (
      <Step title={text.done} lead={text.codesHint} submit={text.saved} onSubmit={finish}>
        <ul className="login__codes mono">{on.codes.map((code) => <li key={code}>{code}</li>)}</ul>
      </Step>
    );
  }
  if (key === null) {
    const begin = async (form: FormData) => {
      const typed = password === "" ? String(form.get("password")) : password;
      setKey(await answer(api.POST("/api/v1/me/totp", { body: { password: typed } })));
      return undefined;
    };
    return (
      <Step title={text.title} lead={lead} submit={text.begin} onSubmit={begin}>
        {password === "" && <Field label={text.password} name="password" type="password" autoComplete="current-password" focus />}
      </Step>
    );
  }
  const confirm = async (form: FormData) => {
    const code = String(form.get("code")).trim();
    if (code === "") return strings.login.codeIncomplete;
    const done = await answer(api.POST("/api/v1/me/totp/confirm", { body: { code } }));
    // The old cookie is gone. The new session begins when the codes are saved, so that nothing moves before.
    setOn({ codes: done.recovery_codes, session: { stage: stageOf(done.stage), csrfToken: done.csrf_token } });
    return undefined;
  };
  return (
    <Step title={text.title} lead={text.hint} submit={text.confirm} onSubmit={confirm}>
      <Qr text={key.uri} label={text.qr} />
      <p className="login__label">
        {text.key}
        <span className="login__key mono">{key.secret.replace(/(.{4})(?=.)/g, "$1 ")}</span>
      </p>
      <p className="login__note"><a href={key.uri}>{text.open}</a></p>
      <Field label={strings.login.code} name="code" autoComplete="one-time-code" numeric focus />
    </Step>
  );
}
