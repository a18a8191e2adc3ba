/** The reader's own account: second factor, password, and where they are signed in. */
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { answer, api, finished } from "../../api/client";
import { meQuery } from "../../api/queries";
import type { SessionView } from "../../api/types";
import { useTitle } from "../../lib/hooks";
import { say } from "../../lib/toasts";
import { wordsOf } from "../../lib/words";
import { stageOf, startSession } from "../../session/session";
import { strings } from "../../strings";
import { explain } from "../login/explain";
import { Enrol } from "../login/enrol";
import { Field } from "../login/step";
import "./account.css";

const text = strings.account;

const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/me/sessions", { signal })),
});

export function AccountPage() {
  useTitle(text.title);
  return (
    <div className="account">
      <h1>{text.title}</h1>
      <SecondFactor />
      <Password />
      <Sessions />
    </div>
  );
}

function SecondFactor() {
  const [enrolling, setEnrolling] = useState(false);
  const queryClient = useQueryClient();
  const isOn = useQuery(meQuery).data?.operator?.has_second_factor;
  const refresh = () => queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  const turnOff = async (form: FormData) => {
    await finished(api.POST("/api/v1/me/totp/remove", { body: { password: String(form.get("password")) } }));
    await refresh();
    return undefined;
  };
  const done = () => {
    setEnrolling(false);
    void refresh();
  };
  return (
    <section aria-labelledby="second-factor" className="account__part card">
      <h2 id="second-factor">{text.secondFactor}</h2>
      {isOn !== undefined && <p>{isOn ? strings.secondFactor.isOn : strings.secondFactor.isOff}</p>}
      {isOn === false && !enrolling && (
        <button type="button" className="button" onClick={() => setEnrolling(true)}>{strings.secondFactor.turnOn}</button>
      )}
      {enrolling && <Enrol onDone={done} />}
      {isOn === true && (
        <Form submit={strings.secondFactor.turnOff} onSubmit={turnOff}>
          <Field label={strings.secondFactor.password} name="password" type="password" autoComplete="current-password" />
        </Form>
      )}
    </section>
  );
}

function Password() {
  const change = async (form: FormData) => {
    const body = { current_password: String(form.get("current")), new_password: String(form.get("next")) };
    const done = await answer(api.POST("/api/v1/me/password", { body }));
    startSession({ stage: stageOf(done.stage), csrfToken: done.csrf_token });
    return text.changed;
  };
  return (
    <section aria-labelledby="password" className="account__part card">
      <h2 id="password">{text.password}</h2>
      <Form submit={text.change} onSubmit={change}>
        <Field label={text.current} name="current" type="password" autoComplete="current-password" />
        <Field label={text.next} name="next" type="password" autoComplete="new-password" hint={strings.welcome.passwordHint} />
      </Form>
    </section>
  );
}

function Sessions() {
  const queryClient = useQueryClient();
  const items = useQuery(sessionsQuery).data?.items ?? [];
  const end = async (id: number) => {
    try {
      await finished(api.DELETE("/api/v1/me/sessions/{session_no}", { params: { path: { session_no: id } } }));
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
    await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  };
  return (
    <section aria-labelledby="sessions" className="account__part card">
      <h2 id="sessions">{text.sessions}</h2>
      <ul className="account__sessions">
        {items.map((item) => <SessionRow key={item.id} item={item} onEnd={() => void end(item.id)} />)}
      </ul>
    </section>
  );
}

function SessionRow({ item, onEnd }: { item: SessionView; onEnd: () => void }) {
  return (
    <li>
      <p>{item.user_agent === "" ? text.unknownBrowser : item.user_agent}</p>
      <p className="muted"><span className="mono">{item.address}</span> · {text.seen(new Date(item.last_seen_at).toLocaleString())}</p>
      {item.current ? <p className="muted">{text.thisOne}</p> : <button type="button" className="button" onClick={onEnd}>{text.end}</button>}
    </li>
  );
}

interface FormProps {
  submit: string;
  children: ReactNode;
  onSubmit: (form: FormData) => Promise<string | undefined>;
}

/** A small form that says how it went. */
function Form({ submit, children, onSubmit }: FormProps) {
  const [said, setSaid] = useState<{ text: string; bad: boolean } | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    try {
      const done = await onSubmit(new FormData(element));
      setSaid(done === undefined ? null : { text: done, bad: false });
      element.reset();
    } catch (error) {
      setSaid({ text: explain(error), bad: true });
    }
  };
  return (
    <form className="account__form" onSubmit={(event) => void send(event)} noValidate>
      {said !== null && <p className={`login__note ${said.bad ? "login__note--bad" : ""}`} role={said.bad ? "alert" : "status"}>{said.text}</p>}
      {children}
      <button type="submit" className="button">{submit}</button>
    </form>
  );
}
