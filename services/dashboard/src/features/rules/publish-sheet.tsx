/** The last look before rules change: what changes, what it would do, and why. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ApiError } from "../../api/problem";
import { Sheet } from "../../components/sheet";
import { Bone, Failure, Loading } from "../../components/states";
import { say } from "../../lib/toasts";
import { wordsOf } from "../../lib/words";
import { rules as text } from "../../strings/rules";
import { Changes, isEmptyDiff } from "./changes";
import { Effect } from "./effect";
import { type Change, previewQuery, publish, ruleSetQuery, rulesChanged } from "./queries";
import type { RuleSetPreview } from "./types";

const words = text.publish;
const REASON_MAX = 500;

interface PublishSheetProps {
  change: Change;
  title?: string;
  lead?: string;
  submit?: string;
  onClose: () => void;
  onPublished: (version: number) => void;
  /** Puts the change on top of a newer version. */
  onRebase: (base: number) => void;
}

export function PublishSheet({ change, title = words.title, lead, submit = words.submit, onClose, onPublished, onRebase }: PublishSheetProps) {
  const client = useQueryClient();
  const preview = useQuery(previewQuery(change));
  const publication = useMutation({
    mutationFn: (reason: string) => publish(change, reason),
    onSuccess: async ({ version }) => {
      await rulesChanged(client);
      if (typeof version !== "number") return;
      say(words.done(version), { undo: () => takeBack(client, version, change.base) });
      onPublished(version);
    },
  });
  const outdated = [preview.error, publication.error].some((error) => error instanceof ApiError && error.kind === "conflict");
  const faults = preview.data?.preview?.faults ?? [];
  const nothing = preview.data ? isEmptyDiff(preview.data.changes) : false;
  return (
    <Sheet kind="centre" title={title} label={title} closeLabel={words.close} onClose={onClose}>
      <div className="publish">
        {lead !== undefined && <p className="muted small">{lead}</p>}
        {outdated ? <Outdated base={change.base} onRebase={(base) => { publication.reset(); onRebase(base); }} />
          : preview.isPending ? <Trying />
          : preview.isError ? <Failure error={preview.error} onRetry={() => void preview.refetch()} />
          : (
            <>
              <section><h3 className="publish__title">{words.changes}</h3><Changes diff={preview.data.changes} /></section>
              {faults.length > 0 ? <Faults faults={faults} /> : nothing ? <p className="muted">{words.nothing}</p>
                : preview.data.preview && <section><h3 className="publish__title">{words.effect}</h3><Effect change={change} preview={preview.data.preview} /></section>}
            </>
          )}
        {!outdated && <ReasonForm busy={publication.isPending} ready={preview.isSuccess && faults.length === 0 && !nothing} submit={submit} error={publication.error} onSubmit={(reason) => publication.mutate(reason)} />}
      </div>
    </Sheet>
  );
}

async function takeBack(client: QueryClient, base: number, version: number): Promise<void> {
  await publish({ base, version }, words.takenBack(base));
  await rulesChanged(client);
}

function Trying() {
  return <div className="publish__trying"><Loading /><p className="muted">{words.trying}</p><Bone size="l" /><Bone size="m" /></div>;
}

function Faults({ faults }: { faults: RuleSetPreview["faults"] }) {
  return (
    <section role="alert" className="publish__faults">
      <h3 className="publish__title">{words.faults}</h3>
      <ul>
        {faults.map(({ path, line, column, message }, at) => (
          <li key={at}><span className="mono small muted">{path}{typeof line === "number" && `:${line}:${column ?? 1}`}</span> <bdi className="breakable">{message}</bdi></li>
        ))}
      </ul>
    </section>
  );
}

function Outdated({ base, onRebase }: { base: number; onRebase: (base: number) => void }) {
  const current = useQuery({ ...ruleSetQuery, staleTime: 0, refetchOnMount: "always" }).data?.version;
  const moved = current !== undefined && current !== base;
  return (
    <div role="alert" className="publish__outdated">
      <p><strong>{words.stale(base)}</strong> {words.staleNext}</p>
      {moved && (
        <div className="publish__buttons">
          <Link to="/rules/versions" search={{ from: String(base), to: String(current) }} target="_blank" className="button">{words.theirs}</Link>
          <button type="button" className="button button--primary" onClick={() => onRebase(current)}>{words.rebase(current)}</button>
        </div>
      )}
    </div>
  );
}

interface ReasonFormProps {
  busy: boolean;
  ready: boolean;
  submit: string;
  error: unknown;
  onSubmit: (reason: string) => void;
}

/** Why, in a person's words: everyone who looks at the version later reads it. */
function ReasonForm({ busy, ready, submit, error, onSubmit }: ReasonFormProps) {
  const [reason, setReason] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy && reason.trim() !== "") onSubmit(reason.trim());
  };
  return (
    <form className="publish__form" onSubmit={send}>
      <label className="publish__label">{words.reason}
        <textarea className="field publish__reason" name="reason" rows={2} maxLength={REASON_MAX} required value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <p className="muted small">{words.reasonHint}</p>
      {error !== null && error !== undefined && <p className="bad" role="alert">{words.failed} {wordsOf(error)}</p>}
      <div className="publish__buttons">
        <span className="muted small publish__after">{words.afterwards}</span>
        <button type="submit" className="button button--primary" disabled={!ready || busy || reason.trim() === ""}>{busy ? words.busy : submit}</button>
      </div>
    </form>
  );
}
