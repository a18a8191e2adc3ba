import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { meQuery } from "../../api/queries";
import { settings } from "../../strings/settings";
import { Check, Choice, Entry, SettingsForm } from "./form";
import { ShownOnce } from "./secret";

const text = settings.tokens;
const SPAN_FIRST = "90";

/** A new token, that may do some of what its maker may. */
export function MakeToken({ onMade }: { onMade: () => Promise<void> }) {
  const permissions = useQuery(meQuery).data?.permissions ?? [];
  const [label, setLabel] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>(["read"]);
  const [days, setDays] = useState(SPAN_FIRST);
  const [made, setMade] = useState<{ label: string; secret: string } | null>(null);
  const check = () => (label.trim() === "" ? text.missing : scopes.length === 0 ? text.noScope : null);
  const toggle = (scope: string, on: boolean) => setScopes(on ? [...scopes, scope] : scopes.filter((other) => other !== scope));
  const make = async () => {
    const done = await answer(api.POST("/api/v1/tokens", { body: { label: label.trim(), scopes: [...scopes], days: Number(days) } }));
    setMade({ label: label.trim(), secret: done.token });
    setLabel("");
    await onMade();
  };
  return (
    <>
      <SettingsForm label={text.make} submit={text.make} check={check} onSubmit={make}>
        <Entry label={text.label} hint={text.labelHint} value={label} onChange={setLabel} />
        <fieldset className="setform__group">
          <legend>{text.scopes}</legend>
          <p className="muted small">{text.scopesHint}</p>
          {permissions.map((scope) => {
            const [name, does] = text.permissions[scope] ?? [scope, ""];
            return <Check key={scope} label={name} hint={does} checked={scopes.includes(scope)} onChange={(on) => toggle(scope, on)} />;
          })}
        </fieldset>
        <Choice label={text.days} hint={text.daysHint} value={days} onChange={setDays}>
          {Object.entries(text.spans).map(([span, name]) => <option key={span} value={span}>{name}</option>)}
        </Choice>
      </SettingsForm>
      {made && <ShownOnce title={text.made(made.label)} lead={text.madeLead} secret={made.secret} what={text.what} onDone={() => setMade(null)} />}
    </>
  );
}
