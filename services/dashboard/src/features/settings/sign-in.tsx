/** What everybody needs to sign in. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { useMay } from "../../lib/may";
import { say } from "../../lib/toasts";
import { settings } from "../../strings/settings";
import { Check, SettingsForm } from "./form";
import { policyQuery } from "./queries";
import { Waiting } from "./waiting";

const text = settings.signIn;

export function SignIn() {
  const query = useQuery(policyQuery);
  return query.data ? <PolicyForm key={String(query.data.require_totp)} required={query.data.require_totp} /> : <Waiting query={query} />;
}

function PolicyForm({ required }: { required: boolean }) {
  const queryClient = useQueryClient();
  const may = useMay("people");
  const [asked, setAsked] = useState(required);
  const change = async (next: boolean) => {
    await answer(api.PUT("/api/v1/sign-in-policy", { body: { require_totp: next } }));
    await queryClient.invalidateQueries({ queryKey: policyQuery.queryKey });
  };
  const save = async () => {
    await change(asked);
    say(asked ? text.required : text.offered, { undo: () => change(required) });
  };
  return (
    <SettingsForm label={settings.sections["sign-in"]} submit={settings.save} may={may} onSubmit={save}>
      <Check label={text.totp} hint={text.totpHint} checked={asked} onChange={setAsked} />
    </SettingsForm>
  );
}
