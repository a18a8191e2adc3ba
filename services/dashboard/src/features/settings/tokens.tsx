/** Tokens of programs that use the API. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, finished } from "../../api/client";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { Missing } from "../../components/missing";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { useNow } from "../../lib/clock";
import { say } from "../../lib/toasts";
import { settings } from "../../strings/settings";
import { Confirm } from "./confirm";
import { Ends } from "./ends";
import { MakeToken } from "./make-token";
import { type Token, tokensQuery } from "./queries";

const text = settings.tokens;

export function Tokens() {
  const query = useInfiniteQuery(tokensQuery);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const revoke = async (token: Token) => {
    await finished(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: token.id } } }));
    say(text.revokeDone(token.label));
    await refresh();
  };
  return (
    <>
      <MakeToken onMade={refresh} />
      <section className="page__section">
        <h3>{text.list}</h3>
        <Listing name="tokens" label={text.list} columns={columnsOf(setRevoking)} query={query} rowKey={rowKey} plain empty={{ title: text.empty, hint: text.emptyTry }} />
      </section>
      {revoking && (
        <Confirm title={text.revokeTitle(revoking.label)} lead={text.revokeLead} word={revoking.label} go={text.revoke} onConfirm={() => revoke(revoking)} onClose={() => setRevoking(null)} />
      )}
    </>
  );
}

const rowKey = (token: Token) => String(token.id);
const scopesOf = (token: Token) => token.scopes?.map((scope) => text.permissions[scope]?.[0] ?? scope).join(", ") ?? text.everything;

const columnsOf = (onRevoke: (token: Token) => void): readonly ListColumn<Token>[] => [
  { key: "label", name: text.columns.label, width: "minmax(110px, 1fr)", phone: "main", cell: (token) => <bdi title={token.label}>{token.label}</bdi> },
  { key: "scopes", name: text.columns.scopes, width: "minmax(110px, 1.4fr)", phone: "below", cell: (token) => <span title={scopesOf(token)}>{scopesOf(token)}</span> },
  { key: "by", name: text.columns.by, width: "minmax(90px, 1fr)", cell: (token) => token.created_by ? <bdi title={token.created_by}>{token.created_by}</bdi> : <Missing why={text.commandLine} /> },
  { key: "created", name: text.columns.created, width: "100px", cell: (token) => <span className="muted"><TimeAgo iso={token.created_at} /></span> },
  { key: "expires", name: text.columns.expires, width: "100px", cell: (token) => token.expires_at ? <span className="muted"><Ends iso={token.expires_at} /></span> : <Missing why={text.noEnd} /> },
  { key: "state", name: text.columns.state, width: "80px", phone: "side", cell: (token) => <State token={token} /> },
  { key: "act", name: "", width: "86px", phone: "end", cell: (token) => !token.revoked_at && <button type="button" className="button settings__act" onClick={() => onRevoke(token)} aria-label={text.revokeTitle(token.label)}>{text.revoke}</button> },
];

function State({ token }: { token: Token }) {
  const now = useNow();
  if (token.revoked_at) return <Tag>{text.revoked}</Tag>;
  const isOver = token.expires_at && Date.parse(token.expires_at) < now;
  return isOver ? <Tag>{text.ended}</Tag> : <Tag meaning="good">{text.inUse}</Tag>;
}
