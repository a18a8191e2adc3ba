/** One pack being written: its text, what the checker says of it, and the way into use. */
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Bone, Loading } from "../../../components/states";
import { Tag } from "../../../components/tag";
import { useMay } from "../../../lib/may";
import { useUrl } from "../../../lib/url";
import { rules as strings } from "../../../strings/rules";
import { readPack } from "../pack";
import { PublishSheet } from "../publish-sheet";
import type { RuleSet } from "../types";
import type { CodeHandle } from "./code-editor";
import { Contents } from "./contents";
import { LeaveGuard } from "./leave-guard";
import { ProblemList } from "./problem-list";
import { useCheck, useVocabulary } from "./use-check";

const text = strings.editor;
const NAME = /^[a-z][a-z0-9_]{0,63}$/;
const CodeEditor = lazy(() => import("./code-editor"));

interface PackEditorProps {
  current: RuleSet;
  /** Null for a pack that is not published yet. */
  name: string | null;
  start: string;
}

export function PackEditor({ current, name, start }: PackEditorProps) {
  const [search, change] = useUrl();
  const may = useMay("rules");
  const published = current.content.packs?.find((pack) => pack.name === name)?.text ?? "";
  const [pack, setPack] = useState(start);
  const [given, setGiven] = useState(() => freeName(current));
  const [base, setBase] = useState(current.version);
  const [sheet, setSheet] = useState<"publish" | "remove" | null>(null);
  const code = useRef<CodeHandle>(null);
  const isPublished = useRef(false);
  const { found, problems, isFresh, failed } = useCheck(pack);
  const vocabulary = useVocabulary(pack);
  const isChanged = may && pack !== published && (name !== null || pack !== start);
  const wrongName = name === null ? nameFault(given, current) : null;
  const isReady = isFresh && found?.is_accepted === true && found.failed_tests.length === 0 && pack !== published && wrongName === null;
  const goTo = (from: number, to?: number) => code.current?.goTo(from, to);
  useWanted(search["at"], pack, code);

  const publishedAs = (version: number) => {
    isPublished.current = sheet === "remove" || name === null;
    setSheet(null);
    setBase(version);
    if (sheet === "remove") change({ pack: undefined, template: undefined, at: undefined });
    else if (name === null) change({ pack: given, template: undefined, at: undefined });
  };
  return (
    <div className="editor">
      <div className="editor__main">
        <div className="editor__bar">
          {name === null ? (
            <label className="editor__name">{text.name}
              <input className="field" name="pack" value={given} maxLength={64} spellCheck={false} autoComplete="off" aria-invalid={wrongName !== null} onChange={(event) => setGiven(event.target.value.trim())} />
            </label>
          ) : isChanged ? <Tag meaning="notice">{text.unsaved}</Tag> : <Tag meaning="good">{text.published}</Tag>}
          {wrongName !== null && <span className="bad small" role="alert">{wrongName}</span>}
          <span className="editor__end">
            {name !== null && isChanged && <button type="button" className="button button--quiet" onClick={() => code.current?.set(published)}>{text.revert}</button>}
            {name !== null && may && <button type="button" className="button button--quiet" onClick={() => setSheet("remove")}>{text.removePack}</button>}
            {may && <button type="button" className="button button--primary" disabled={!isReady} title={isReady ? undefined : text.fix} onClick={() => setSheet("publish")}>{text.publish}</button>}
          </span>
        </div>
        <div className="card editor__card">
          <Suspense fallback={<p className="editor__loading"><Loading /><Bone size="l" /></p>}>
            <CodeEditor key={String(may)} start={pack} onChange={setPack} problems={problems} vocabulary={vocabulary} readOnly={!may} handle={code} />
          </Suspense>
        </div>
        <p className="muted small">{may ? text.keys : text.readOnly}</p>
      </div>
      <div className="editor__side">
        <ProblemList problems={problems} isFresh={isFresh} failed={failed} onGo={({ from, to }) => goTo(from, to)}
          onUse={may && isFresh ? ({ from, to, suggestion }) => code.current?.replace(from, to, suggestion ?? "") : null} />
        <Contents pack={pack} check={found} isFresh={isFresh} onGo={goTo} />
      </div>
      <LeaveGuard isNeeded={() => isChanged && !isPublished.current} />
      {sheet !== null && (
        <PublishSheet change={{ base, patch: { packs: { [name ?? given]: sheet === "remove" ? null : pack } } }} onClose={() => setSheet(null)} onRebase={setBase} onPublished={publishedAs} />
      )}
    </div>
  );
}

function freeName({ content }: RuleSet): string {
  const taken = new Set(content.packs?.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? "own" : `own_${number}`;
    if (!taken.has(name)) return name;
  }
}

function nameFault(name: string, { content }: RuleSet): string | null {
  if (!NAME.test(name)) return text.nameWrong;
  return content.packs?.some((pack) => pack.name === name) ? text.nameTaken : null;
}

/** Leads to the rule or policy that the URL names, once. */
function useWanted(id: string | undefined, pack: string, code: { readonly current: CodeHandle | null }): void {
  const done = useRef(false);
  useEffect(() => {
    if (id === undefined || done.current) return;
    const { rules, policies } = readPack(pack);
    const found = [...rules, ...policies].find((one) => one.id === id);
    const timer = setInterval(() => {
      if (!code.current) return;
      clearInterval(timer);
      done.current = true;
      if (found) code.current.goTo(found.from);
    }, 50);
    return () => clearInterval(timer);
  }, [id, pack, code]);
}
