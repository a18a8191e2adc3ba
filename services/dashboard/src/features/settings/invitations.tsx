/** Invitations that wait, and new ones. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, finished } from "../../api/client";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { TimeAgo } from "../../components/time";
import { say } from "../../lib/toasts";
import { wordsOf } from "../../lib/words";
import { settings } from "../../strings/settings";
import { Ends } from "./ends";
import { Choice, Entry, SettingsForm } from "./form";
import { type Invitation, invitationsQuery, ROLES } from "./queries";
import { ShownOnce } from "./secret";

const text = settings.invitations;
const { roles, roleMeans } = settings.members;
const EMAIL_MAX = 254;
const rowKey = (invitation: Invitation) => String(invitation.id);

export function Invitations() {
  const query = useInfiniteQuery(invitationsQuery);
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  const revoke = async (invitation: Invitation) => {
    try {
      await finished(api.DELETE("/api/v1/invitations/{invitation_id}", { params: { path: { invitation_id: invitation.id } } }));
      say(text.revoked(invitation.email));
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
    await refresh();
  };
  return (
    <section className="page__section settings__part">
      <h3>{text.title}</h3>
      <p className="muted small">{text.lead}</p>
      <Invite onMade={refresh} />
      <Listing name="invitations" label={text.title} columns={columnsOf((one) => void revoke(one))} query={query} rowKey={rowKey} plain empty={{ title: text.empty, hint: text.emptyTry }} />
    </section>
  );
}

const columnsOf = (onRevoke: (invitation: Invitation) => void): readonly ListColumn<Invitation>[] => [
  { key: "email", name: text.columns.email, width: "minmax(150px, 2fr)", phone: "main", cell: (one) => <bdi title={one.email}>{one.email}</bdi> },
  { key: "role", name: text.columns.role, width: "90px", phone: "below", cell: (one) => roles[one.role] ?? one.role },
  { key: "by", name: text.columns.by, width: "minmax(120px, 1fr)", cell: (one) => <bdi title={one.created_by}>{one.created_by}</bdi> },
  { key: "created", name: text.columns.created, width: "104px", cell: (one) => <span className="muted"><TimeAgo iso={one.created_at} /></span> },
  { key: "expires", name: text.columns.expires, width: "104px", phone: "side", cell: (one) => <span className="muted"><Ends iso={one.expires_at} /></span> },
  { key: "act", name: "", width: "96px", phone: "end", cell: (one) => <button type="button" className="button settings__act" onClick={() => onRevoke(one)}>{text.revoke}</button> },
];

function Invite({ onMade }: { onMade: () => Promise<void> }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("analyst");
  const [made, setMade] = useState<{ email: string; link: string } | null>(null);
  const check = () => (email.trim() === "" ? text.missing : null);
  const invite = async () => {
    const done = await answer(api.POST("/api/v1/invitations", { body: { email: email.trim(), role } }));
    setMade({ email: email.trim(), link: done.link });
    setEmail("");
    await onMade();
  };
  return (
    <>
      <SettingsForm label={text.title} submit={text.make} check={check} onSubmit={invite}>
        <Entry label={text.email} hint={text.emailHint} type="email" value={email} onChange={setEmail} max={EMAIL_MAX} />
        <Choice label={text.role} hint={roleMeans[role] ?? ""} value={role} onChange={setRole}>
          {ROLES.map((one) => <option key={one} value={one}>{roles[one]}</option>)}
        </Choice>
      </SettingsForm>
      {made && <ShownOnce title={text.made(made.email)} lead={text.madeLead} secret={made.link} what={text.what} onDone={() => setMade(null)} />}
    </>
  );
}
