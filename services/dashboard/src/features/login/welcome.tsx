/** Where a link with a ticket leads. The ticket is behind the `#`, so no server's log has it. */
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { answer, api } from "../../api/client";
import { useTitle } from "../../lib/hooks";
import { stageOf, startSession } from "../../session/session";
import { strings } from "../../strings";
import { explain } from "./explain";
import { Field, Step } from "./step";

const text = strings.welcome;

export function WelcomePage() {
  const [ticket] = useState(() => location.hash.slice(1));
  const router = useRouter();
  const found = useQuery({
    queryKey: ["ticket", ticket],
    queryFn: () => answer(api.POST("/api/v1/tickets/look", { body: { ticket } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useTitle(text.titles["setup"] ?? "");
  // Out of the address bar and the history before anybody looks over a shoulder.
  useEffect(() => history.replaceState(history.state, "", location.pathname), []);
  const submit = async (form: FormData) => {
    const body = { ticket, password: String(form.get("password")), ...(found.data?.email ? {} : { email: String(form.get("email")).trim() }) };
    const { stage, csrf_token } = await answer(api.POST("/api/v1/tickets/redeem", { body }));
    if (!isSecureContext) return strings.login.insecure;
    startSession({ stage: stageOf(stage), csrfToken: csrf_token });
    await router.navigate(stage === "open" ? { to: "/" } : { to: "/login" });
    return undefined;
  };
  if (found.isPending) return <main className="login" aria-busy="true" />;
  if (found.isError) {
    const gone = explain(found.error);
    return <main className="login"><p className="login__note login__note--bad" role="alert">{found.error.message.includes("ticket") ? text.invalid : gone}</p></main>;
  }
  const { kind, tenant, email } = found.data;
  return (
    <main className="login">
      <Step title={text.titles[kind] ?? ""} lead={text.leads[kind]?.(tenant)} submit={text.submit} onSubmit={submit}>
        {email ? <p className="login__label">{text.email}<span className="mono">{email}</span></p> : <Field label={text.email} name="email" type="email" autoComplete="username" focus />}
        <Field label={text.password} name="password" type="password" autoComplete="new-password" hint={text.passwordHint} />
      </Step>
    </main>
  );
}
