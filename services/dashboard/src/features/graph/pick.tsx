/** From where, and perhaps to where, to look. */
import { type FormEvent, useId, useState } from "react";
import { Select } from "../../components/select";
import { KINDS, isKind, kindsName } from "../../lib/kinds";
import { graph as text } from "../../strings/graph";

/** A user, or a thing by its kind and its id or value. */
export interface End {
  kind: string;
  key: string;
}

interface PickProps {
  from: End;
  to: End;
  onPick: (from: End, to: End) => void;
}

export function Pick({ from, to, onPick }: PickProps) {
  const [one, setOne] = useState(from);
  const [other, setOther] = useState(to);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onPick({ ...one, key: one.key.trim() }, { ...other, key: other.key.trim() });
  };
  return (
    <form className="graphpick" onSubmit={send}>
      <EndField name={text.start} value={one} onChange={setOne} />
      <EndField name={text.path.toMaybe} value={other} onChange={setOther} />
      <button type="submit" className="button button--primary" disabled={one.key.trim() === ""}>{other.key.trim() === "" ? text.show : text.path.find}</button>
    </form>
  );
}

function EndField({ name, value, onChange }: { name: string; value: End; onChange: (end: End) => void }) {
  const field = useId();
  return (
    <div className="graphpick__end">
      <label htmlFor={field} className="small muted">{name}</label>
      <span className="graphpick__fields">
        <Select label={`${name}: ${text.path.kind}`} value={value.kind} onChange={(kind) => onChange({ ...value, kind })}>
          {["users", ...KINDS].map((kind) => <option key={kind} value={kind}>{isKind(kind) ? kindsName(kind) : text.usersKind}</option>)}
        </Select>
        <input id={field} className="field" value={value.key} placeholder={text.path.key} autoComplete="off" spellCheck={false} onChange={(event) => onChange({ ...value, key: event.target.value })} />
      </span>
    </div>
  );
}
