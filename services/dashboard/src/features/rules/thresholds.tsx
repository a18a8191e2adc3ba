/** Trust scores at which something happens to a user. */
import { type FormEvent, useState } from "react";
import { Popover } from "../../components/popover";
import { useMay } from "../../lib/may";
import { rules as text } from "../../strings/rules";
import { draft, withThresholds } from "./draft";
import type { RuleSet } from "./types";

const words = text.threshold;
const REVIEW_DEFAULT = 33;

export function Thresholds({ current }: { current: RuleSet }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover label={words.title} open={open} onOpen={setOpen} trigger={<button type="button" className="button">{text.thresholds}</button>}>
      {(close) => <Form current={current} onDone={close} />}
    </Popover>
  );
}

function scoreOf(typed: FormDataEntryValue | null): number | null | undefined {
  const value = String(typed ?? "").trim();
  if (value === "") return null;
  const score = Number(value);
  return Number.isInteger(score) && score >= 0 && score <= 99 ? score : undefined;
}

function Form({ current, onDone }: { current: RuleSet; onDone: () => void }) {
  const may = useMay("rules");
  const [wrong, setWrong] = useState<string | null>(null);
  const known = current.content.thresholds;
  const before = { review: known?.review ?? REVIEW_DEFAULT, block: known?.block ?? null };
  const pending = draft.get();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [review, block] = [scoreOf(data.get("review")), scoreOf(data.get("block"))];
    if (typeof review !== "number" || block === undefined) return setWrong(words.bounds);
    if (block !== null && block >= review) return setWrong(words.order);
    draft.set(withThresholds(draft.get(), current.version, before, { review, block }));
    return onDone();
  };
  return (
    <form className="thresholds" onSubmit={send}>
      <p className="small muted">{words.lead}</p>
      <label>{words.review}<input className="field" name="review" inputMode="numeric" disabled={!may} defaultValue={pending.review ?? before.review} /></label>
      <label>{words.block}<input className="field" name="block" inputMode="numeric" disabled={!may} placeholder={words.never} defaultValue={pending.block === undefined ? (before.block ?? "") : (pending.block ?? "")} /></label>
      {wrong !== null && <p className="bad small" role="alert">{wrong}</p>}
      {may && <button type="submit" className="button button--primary">{words.keep}</button>}
    </form>
  );
}
