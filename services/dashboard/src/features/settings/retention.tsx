/** How long each kind of data is kept. What a change would remove is said first, and wants a word typed. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { TimeAgo } from "../../components/time";
import { useMay } from "../../lib/may";
import { say } from "../../lib/toasts";
import { settings } from "../../strings/settings";
import { Entry, SettingsForm } from "./form";
import { type KeepDays, keepDaysOf, typedOf, wrongKind } from "./keep-days";
import { type Retention as Kept, type RetentionKind, type RetentionPreview, retentionQuery } from "./queries";
import { RetentionConfirm } from "./retention-confirm";
import { Waiting } from "./waiting";

const text = settings.retention;
const DIGITS = 5;

export function Retention() {
  const query = useQuery(retentionQuery);
  return query.data ? <><RetentionForm kept={query.data} /><Fixed kept={query.data} /></> : <Waiting query={query} />;
}

function RetentionForm({ kept }: { kept: Kept }) {
  const queryClient = useQueryClient();
  const may = useMay("settings");
  const [typed, setTyped] = useState(() => typedOf(kept.kinds));
  const [asked, setAsked] = useState<{ days: KeepDays; preview: RetentionPreview } | null>(null);
  const check = () => {
    const wrong = wrongKind(kept.kinds, typed);
    if (wrong) return text.wrong(nameOf(wrong.kind), wrong.days_min, wrong.days_max);
    return Object.keys(keepDaysOf(kept.kinds, typed)).length === 0 ? text.nothing : null;
  };
  const save = async (days: KeepDays) => {
    await answer(api.PUT("/api/v1/retention", { body: { keep_days: days } }));
    await queryClient.invalidateQueries({ queryKey: retentionQuery.queryKey });
    say(text.done);
  };
  const look = async () => {
    const days = keepDaysOf(kept.kinds, typed);
    const preview = await answer(api.POST("/api/v1/retention:preview", { body: { keep_days: days } }));
    const removes = preview.kinds.some(({ kind, rows }) => kind in days && rows > 0);
    if (removes) setAsked({ days, preview });
    else await save(days);
  };
  return (
    <>
      <SettingsForm label={settings.sections.retention} submit={text.look} may={may} check={check} onSubmit={look}>
        {kept.kinds.map((kind) => <Kind key={kind.kind} kind={kind} value={typed[kind.kind] ?? ""} onChange={(value) => setTyped({ ...typed, [kind.kind]: value })} />)}
      </SettingsForm>
      {asked && <RetentionConfirm preview={asked.preview} changed={Object.keys(asked.days)} onConfirm={() => save(asked.days)} onClose={() => setAsked(null)} />}
    </>
  );
}

const nameOf = (kind: string): string => text.kinds[kind]?.[0] ?? kind;

function Kind({ kind, value, onChange }: { kind: RetentionKind; value: string; onChange: (value: string) => void }) {
  const means = text.kinds[kind.kind]?.[1] ?? "";
  const run = kind.last_run;
  return (
    <div className="settings__kind">
      <Entry label={nameOf(kind.kind)} hint={`${means} ${text.range(kind.days_min, kind.days_max)}`} value={value} onChange={onChange} numeric max={DIGITS}
        placeholder={text.forEver} unit={value === "" ? undefined : text.unit} />
      {run && <p className="muted small">{text.lastRun(run.rows_removed)}, <TimeAgo iso={run.finished_at ?? run.started_at} /></p>}
    </div>
  );
}

/** What goes by itself, whatever is set above. */
function Fixed({ kept }: { kept: Kept }) {
  return (
    <section className="page__section">
      <h3>{text.fixed}</h3>
      <ul className="settings__fixed small">
        {Object.entries(kept.fixed_days).map(([kind, days]) => <li key={kind}>{text.fixedKinds[kind] ?? kind}: {text.days(Number(days))}</li>)}
      </ul>
    </section>
  );
}
