/** An example event, made of what the policies read. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo } from "react";
import { strings } from "../../strings";
import { policies as strings_ } from "../../strings/policies";
import { readPack } from "../rules/pack";
import { ruleWordsQuery } from "../rules/queries";
import type { RuleSetContent } from "../rules/types";
import { type FieldKind, fieldKind, type Given, namesRead, valueOf } from "./attempt";
import type { Ordered } from "./order";

const text = strings_.attempt;

interface AttemptFormProps {
  content: RuleSetContent;
  policies: readonly Ordered[];
  busy: boolean;
  onTry: (given: Given) => void;
}

export function AttemptForm({ content, policies, busy, onTry }: AttemptFormProps) {
  const words = useQuery(ruleWordsQuery).data?.words;
  const fields = useMemo(() => {
    const windows = new Set((content.packs ?? []).flatMap((pack) => readPack(pack.text).windows.map(({ name }) => name)));
    return namesRead(policies).map((name) => ({ name, kind: fieldKind(name, words?.find((word) => word.name === name)?.type, windows.has(name)) }));
  }, [content, policies, words]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const entries = fields.flatMap(({ name, kind }) => {
      const value = valueOf(kind, String(form.get(name) ?? ""));
      return value === null ? [] : [[name, value] as const];
    });
    const type = String(form.get("event.type") ?? "");
    onTry({ ...(type === "" ? {} : { "event.type": type }), ...Object.fromEntries(entries) });
  };
  return (
    <form className="attempt" onSubmit={send}>
      <div className="attempt__one"><label htmlFor="try-event.type">{text.eventType}</label><Choice name="event.type" empty={text.anyType} options={Object.entries(strings.eventTypes)} /></div>
      {fields.map(({ name, kind }) => <div key={name} className="attempt__one"><label htmlFor={`try-${name}`} className="mono">{name}</label><Field name={name} kind={kind} /></div>)}
      <button type="submit" className="button button--primary" disabled={busy}>{busy ? text.busy : text.submit}</button>
    </form>
  );
}

function Field({ name, kind }: { name: string; kind: FieldKind }) {
  if (kind === "choice") return <Choice name={name} empty={text.unknown} options={[["yes", text.yes], ["no", text.no]]} />;
  return <input className="field" id={`try-${name}`} name={name} inputMode={kind === "number" ? "numeric" : "text"} pattern={kind === "number" ? "-?[0-9]*" : undefined} placeholder={kind === "list" ? text.list : text.unknown} autoComplete="off" spellCheck={false} />;
}

function Choice({ name, empty, options }: { name: string; empty: string; options: readonly (readonly [string, string])[] }) {
  return (
    <select className="field" id={`try-${name}`} name={name} defaultValue="">
      <option value="">{empty}</option>
      {options.map(([value, label]) => <option key={value} value={value}>{label}</option>)}
    </select>
  );
}
