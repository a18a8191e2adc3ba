/** Search everything and go anywhere: one field, one list, the keyboard alone. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import { SearchIcon } from "../../components/icons";
import { Sheet } from "../../components/sheet";
import { useMay } from "../../lib/may";
import { useRested } from "../../lib/hooks";
import { search as text } from "../../strings/search";
import { type Found, foundOf, placesFor, searchQuery } from "./found";
import "./palette.css";

const TYPING_REST_MS = 120;
const TYPED_MAX = 200;

export function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const words = useRested(typed.trim(), TYPING_REST_MS);
  const query = useQuery(searchQuery(words));
  const mayAudit = useMay("audit");
  const mayRules = useMay("rules");
  const found = [...placesFor(typed.trim(), { audit: mayAudit, rules: mayRules }), ...(typed.trim() === "" || !query.data ? [] : foundOf(query.data))];
  const at = Math.min(active, found.length - 1);
  const open = (one: Found | undefined) => {
    if (!one) return;
    onClose();
    void navigate(one.target);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive((at + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setActive((at + found.length - 1) % Math.max(1, found.length));
    else if (event.key === "Enter") open(found[at]);
    else return;
    event.preventDefault();
  };
  const id = (index: number) => `${list}-${index}`;
  return (
    <Sheet kind="palette" label={text.title} title={
      <span className="palette__field">
        <SearchIcon />
        <input className="palette__input" type="text" role="combobox" aria-label={text.placeholder} aria-expanded aria-controls={list} aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? id(at) : undefined} placeholder={text.placeholder} value={typed} maxLength={TYPED_MAX} spellCheck={false}
          autoComplete="off" onChange={(event) => { setTyped(event.target.value); setActive(0); }} onKeyDown={onKey} />
      </span>
    } closeLabel={text.close} onClose={onClose}>
      <div id={list} role="listbox" aria-label={text.title} className="palette__list">
        {found.map((one, index) => (
          <Row key={one.key} one={one} id={id(index)} active={index === at} head={one.group !== found[index - 1]?.group} onOpen={() => open(one)} onPoint={() => setActive(index)} />
        ))}
      </div>
      <p className="palette__note muted small" role="status">
        {query.isError ? text.failed : query.isFetching && typed !== "" ? text.busy : found.length === 0 ? text.nothing(typed.trim()) : ""}
      </p>
    </Sheet>
  );
}

interface RowProps {
  one: Found;
  id: string;
  active: boolean;
  head: boolean;
  onOpen: () => void;
  onPoint: () => void;
}

function Row({ one, id, active, head, onOpen, onPoint }: RowProps) {
  return (
    // The field keeps the focus; the keys are handled there.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div id={id} role="option" aria-selected={active} tabIndex={-1} className="palette__row" onClick={onOpen} onPointerMove={onPoint}
      ref={(element) => { if (active) element?.scrollIntoView({ block: "nearest" }); }}>
      {head && <span className="palette__group">{one.group}</span>}
      <span className="palette__line">
        <one.icon />
        <bdi className={`ellipsis ${one.mono ? "mono" : ""}`}>{one.label}</bdi>
        {one.hint && <span className="muted small ellipsis">{one.hint}</span>}
        {one.shortcut && <kbd aria-hidden="true">{one.shortcut}</kbd>}
      </span>
    </div>
  );
}
