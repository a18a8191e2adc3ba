import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { rulesQuery } from "../../api/queries";
import { SearchIcon } from "../../components/icons";
import { Segmented } from "../../components/segmented";
import { Select } from "../../components/select";
import { BANDS } from "../../lib/band";
import { useRested } from "../../lib/hooks";
import { useStore } from "../../lib/store";
import { strings } from "../../strings";
import { DEFAULT_SORT, SORTS, type UsersSearch } from "./search";
import { searchRequest, takeSearchRequest } from "./search-request";

const text = strings.users;
const ALL = "all";
const TYPING_REST_MS = 250;
const bands = [{ value: ALL, label: text.allBands }, ...BANDS.map((band) => ({ value: band, label: strings.bandName[band] }))];

export function FilterBar({ search }: { search: UsersSearch }) {
  const navigate = useNavigate();
  const rules = useQuery(rulesQuery).data?.items ?? [];
  const change = (part: Partial<UsersSearch>) =>
    void navigate({ to: "/users", search: { ...search, ...part }, replace: true, resetScroll: false });
  // A rule named in a pasted link stays visible while the catalogue loads, or when it is not in it.
  const unlisted = search.rule && !rules.some((rule) => rule.rule_id === search.rule) ? search.rule : undefined;

  return (
    <div className="userfilters" role="search">
      <SearchField value={search.q ?? ""} onSearch={(q) => change({ q: q || undefined })} />
      <Segmented
        label={text.band}
        value={search.band ?? ALL}
        options={bands}
        onChange={(value) => change({ band: BANDS.find((band) => band === value) })}
      />
      <Select className="userfilters__rule" label={text.rule} value={search.rule ?? ""} onChange={(rule) => change({ rule: rule || undefined })}>
        <option value="">{text.allRules}</option>
        {unlisted && <option value={unlisted}>{unlisted}</option>}
        {rules.map((rule) => <option key={rule.rule_id} value={rule.rule_id}>{text.ruleOption(rule.rule_id, rule.name)}</option>)}
      </Select>
      <Select className="userfilters__sort" label={text.sort} value={search.sort ?? DEFAULT_SORT}
        onChange={(value) => change({ sort: SORTS.find((sort) => sort === value) })}>
        {SORTS.map((sort) => <option key={sort} value={sort}>{text.sorts[sort]}</option>)}
      </Select>
    </div>
  );
}

function SearchField({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  const rested = useRested(typed, TYPING_REST_MS);
  const input = useRef<HTMLInputElement>(null);
  const asked = useStore(searchRequest);

  // The URL may change by itself (back, "clear filters"); the field then follows it.
  if (value !== shown) {
    setShown(value);
    if (value !== typed.trim()) setTyped(value);
  }
  useEffect(() => {
    if (rested === typed && rested.trim() !== value) onSearch(rested.trim());
    // Only what was typed may search; a changed URL must not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [rested]);
  useEffect(() => {
    if (takeSearchRequest()) input.current?.focus();
  }, [asked]);

  return (
    <label className="usersearch">
      <span className="visually-hidden">{text.search}</span>
      <SearchIcon />
      <input
        ref={input}
        type="search"
        className="field"
        placeholder={text.searchPlaceholder}
        value={typed}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        aria-keyshortcuts="/"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && (typed === "" ? event.currentTarget.blur() : setTyped(""))}
      />
      <kbd className="usersearch__key" aria-hidden="true">/</kbd>
    </label>
  );
}
