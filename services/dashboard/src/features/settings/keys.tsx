/** Keys of producers. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, finished } from "../../api/client";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { say } from "../../lib/toasts";
import { settings } from "../../strings/settings";
import { Confirm } from "./confirm";
import { Entry, SettingsForm } from "./form";
import { wholeNumber } from "./numbers";
import { type Key, keysQuery } from "./queries";
import { ShownOnce } from "./secret";

const text = settings.keys;
const RATE_MAX = 1_000_000;
const RATE_FIRST = "1000";
const RATE_DIGITS = 7;

export function Keys() {
  const query = useInfiniteQuery(keysQuery);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: keysQuery.queryKey });
  const revoke = async (key: Key) => {
    await finished(api.DELETE("/api/v1/keys/{key_id}", { params: { path: { key_id: key.id } } }));
    say(text.revokeDone(key.label));
    await refresh();
  };
  return (
    <>
      <MakeKey onMade={refresh} />
      <section className="page__section">
        <h3>{text.list}</h3>
        <Listing name="keys" label={text.list} columns={columnsOf(setRevoking)} query={query} rowKey={rowKey} plain empty={{ title: text.empty, hint: text.emptyTry }} />
      </section>
      {revoking && (
        <Confirm title={text.revokeTitle(revoking.label)} lead={text.revokeLead} word={revoking.label} go={text.revoke} onConfirm={() => revoke(revoking)} onClose={() => setRevoking(null)} />
      )}
    </>
  );
}

const rowKey = (key: Key) => String(key.id);

const columnsOf = (onRevoke: (key: Key) => void): readonly ListColumn<Key>[] => [
  { key: "label", name: text.columns.label, width: "minmax(120px, 2fr)", phone: "main", cell: (key) => <bdi title={key.label}>{key.label}</bdi> },
  { key: "rate", name: text.columns.rate, width: "140px", phone: "below", cell: (key) => text.perSecond(key.events_per_second) },
  { key: "created", name: text.columns.created, width: "110px", cell: (key) => <span className="muted"><TimeAgo iso={key.created_at} /></span> },
  { key: "state", name: text.columns.state, width: "90px", phone: "side", cell: (key) => key.revoked_at ? <Tag>{text.revoked}</Tag> : <Tag meaning="good">{text.inUse}</Tag> },
  { key: "act", name: "", width: "90px", phone: "end", cell: (key) => !key.revoked_at && <button type="button" className="button settings__act" onClick={() => onRevoke(key)} aria-label={text.revokeTitle(key.label)}>{text.revoke}</button> },
];

function MakeKey({ onMade }: { onMade: () => Promise<void> }) {
  const [label, setLabel] = useState("");
  const [rate, setRate] = useState(RATE_FIRST);
  const [made, setMade] = useState<{ label: string; secret: string } | null>(null);
  const perSecond = wholeNumber(rate, 1, RATE_MAX);
  const check = () => (label.trim() === "" ? text.missing : perSecond === null ? text.wrongRate : null);
  const make = async () => {
    if (perSecond === null) return;
    const done = await answer(api.POST("/api/v1/keys", { body: { label: label.trim(), events_per_second: perSecond } }));
    setMade({ label: label.trim(), secret: done.api_key });
    setLabel("");
    await onMade();
  };
  return (
    <>
      <SettingsForm label={text.make} submit={text.make} check={check} onSubmit={make}>
        <Entry label={text.label} hint={text.labelHint} value={label} onChange={setLabel} />
        <Entry label={text.rate} hint={text.rateHint} value={rate} onChange={setRate} numeric max={RATE_DIGITS} />
      </SettingsForm>
      {made && <ShownOnce title={text.made(made.label)} lead={text.madeLead} secret={made.secret} what={text.what} onDone={() => setMade(null)} />}
    </>
  );
}
