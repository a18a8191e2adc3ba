/** One field for search and filters: typed filters become tokens, each with its own way out. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useRested } from "../../lib/hooks";
import { useUrl } from "../../lib/url";
import { listing as text } from "../../strings/listing";
import { CloseIcon, SearchIcon } from "../icons";
import { type FilterField, labelOf, parseToken, type Suggestion, suggestions, type Token, tokensOf } from "./fields";
import "./filter-bar.css";

const TYPING_REST_MS = 250;
const TYPED_MAX = 200;

interface FilterBarProps {
  fields: readonly FilterField[];
  /** What free text finds; without it only filters can be typed. */
  placeholder?: string;
  /** Whether free text is a filter of this list, kept as `q`. */
  searchable?: boolean;
}

export function FilterBar({ fields, placeholder, searchable = true }: FilterBarProps) {
  const [search, change] = useUrl();
  const tokens = tokensOf(search, fields);
  const add = (token: Token) => change({ [token.key]: token.value }, { step: true });
  return (
    <div className="filterbar" role="search">
      <SearchIcon />
      {tokens.map((token) => <TokenChip key={token.key} token={token} fields={fields} onRemove={() => change({ [token.key]: undefined }, { step: true })} />)}
      <Entry fields={fields} placeholder={placeholder} value={searchable ? (search["q"] ?? "") : ""} onToken={add}
        onText={(q) => searchable && change({ q: q === "" ? undefined : q })}
        onBack={() => { const last = tokens.at(-1); if (last) change({ [last.key]: undefined }, { step: true }); }} />
    </div>
  );
}

function TokenChip({ token, fields, onRemove }: { token: Token; fields: readonly FilterField[]; onRemove: () => void }) {
  const field = fields.find(({ key }) => key === token.key);
  const words = text.token(field?.name ?? token.key, labelOf(token, fields));
  return (
    <span className="token" title={words}>
      <span className="ellipsis"><span className="muted">{field?.name}</span> <bdi>{labelOf(token, fields)}</bdi></span>
      <button type="button" onClick={onRemove} title={text.remove(words)}>
        <CloseIcon /><span className="visually-hidden">{text.remove(words)}</span>
      </button>
    </span>
  );
}

interface EntryProps {
  fields: readonly FilterField[];
  placeholder?: string;
  value: string;
  onToken: (token: Token) => void;
  onText: (text: string) => void;
  onBack: () => void;
}

function Entry({ fields, placeholder = text.filterPlaceholder, value, onToken, onText, onBack }: EntryProps) {
  const [typed, setTyped] = useTyped(value, fields, onText);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useId();
  const offered = open ? suggestions(typed, fields) : [];
  const choose = ({ token, text: words }: Suggestion) => {
    setActive(-1);
    if (!token) return setTyped(words);
    setTyped("");
    setOpen(false);
    return onToken(token);
  };
  const enter = () => {
    const picked = offered[active];
    if (picked) return choose(picked);
    const token = parseToken(typed, fields);
    setOpen(false);
    if (!token) return onText(typed.trim());
    setTyped("");
    return onToken(token);
  };
  const step = (by: 1 | -1) => {
    setOpen(true);
    setActive(Math.max(-1, Math.min(offered.length - 1, active + by)));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter") enter();
    else if (event.key === "Escape") setOpen(false);
    else if (event.key === "Backspace" && typed === "") return onBack();
    else return;
    event.preventDefault();
  };
  const optionId = (index: number) => `${list}-${index}`;
  return (
    <div className="filterbar__entry">
      <input className="filterbar__input" type="text" role="combobox" aria-label={text.filter} aria-expanded={offered.length > 0} aria-controls={list}
        aria-autocomplete="list" aria-activedescendant={active >= 0 ? optionId(active) : undefined} placeholder={placeholder} value={typed}
        maxLength={TYPED_MAX} spellCheck={false} autoComplete="off" onFocus={() => setOpen(true)} onBlur={() => setOpen(false)}
        onChange={(event) => { setTyped(event.target.value); setOpen(true); setActive(-1); }} onKeyDown={onKey} />
      <div id={list} role="listbox" aria-label={text.suggestions} className="filterbar__list" hidden={offered.length === 0}>
        {offered.map((one, index) => (
          // The field keeps the focus; the keys are handled there.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div key={one.text + (one.token?.value ?? "")} id={optionId(index)} role="option" aria-selected={index === active} tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()} onClick={() => choose(one)}>
            {one.label}{one.hint !== undefined && <span className="muted mono small">{one.hint}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

/** What is typed, sent as search text once it rests; the URL may also change by itself (back, "clear"). */
function useTyped(value: string, fields: readonly FilterField[], onText: (text: string) => void) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  const rested = useRested(typed, TYPING_REST_MS);
  const asked = useRef(value);
  if (value !== shown) {
    setShown(value);
    if (value !== typed.trim()) setTyped(value);
  }
  useEffect(() => {
    const words = rested.trim();
    const isFilter = fields.some(({ key, name }) => words.toLowerCase().startsWith(`${key}:`) || words.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    if (rested !== typed || isFilter || words === asked.current) return;
    asked.current = words;
    onText(words);
    // Only what was typed may search; a changed URL must not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [rested]);
  useEffect(() => {
    asked.current = value;
  }, [value]);
  return [typed, setTyped] as const;
}
