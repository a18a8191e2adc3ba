/** What happens by itself when trust in a user falls. A change of the rules like any other: tried, explained, published. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "../../lib/may";
import { settings } from "../../strings/settings";
import { PublishSheet } from "../rules/publish-sheet";
import { type Change, ruleSetQuery } from "../rules/queries";
import { Check, Entry, SettingsForm } from "./form";
import { wholeNumber } from "./numbers";
import type { RuleSet } from "../rules/types";
import { Waiting } from "./waiting";
import "../rules/rules.css";

const text = settings.thresholds;
const TRUST_MAX = 99;
const REVIEW_DEFAULT = 33;
const DIGITS = 2;

export function Thresholds() {
  const query = useQuery(ruleSetQuery);
  return query.data ? <ThresholdsForm key={JSON.stringify(query.data.content.thresholds)} ruleSet={query.data} /> : <Waiting query={query} />;
}

function ThresholdsForm({ ruleSet }: { ruleSet: RuleSet }) {
  const may = useMay("rules");
  const { review: reviewNow = REVIEW_DEFAULT, block: blockNow = null } = ruleSet.content.thresholds ?? {};
  const [review, setReview] = useState(String(reviewNow));
  const [blocks, setBlocks] = useState(blockNow !== null);
  const [block, setBlock] = useState(String(blockNow ?? ""));
  const [change, setChange] = useState<Change | null>(null);
  const asked = { review: wholeNumber(review, 0, TRUST_MAX), block: blocks ? wholeNumber(block, 0, TRUST_MAX) : null };
  const check = () => {
    if (asked.review === null || (blocks && asked.block === null)) return text.wrong;
    if (asked.block !== null && asked.block > asked.review) return text.above;
    return asked.review === reviewNow && asked.block === blockNow ? text.nothing : null;
  };
  const look = async () => {
    if (asked.review !== null) setChange({ base: ruleSet.version, patch: { thresholds: { review: asked.review, block: asked.block } } });
  };
  return (
    <>
      <SettingsForm label={settings.sections.thresholds} submit={text.look} may={may} check={check} onSubmit={look}>
        <Entry label={text.review} hint={text.reviewHint} value={review} onChange={setReview} numeric max={DIGITS} />
        <Check label={text.blocks} checked={blocks} onChange={setBlocks} />
        {blocks && <Entry label={text.block} hint={text.blockHint} value={block} onChange={setBlock} numeric max={DIGITS} />}
      </SettingsForm>
      {change && <PublishSheet change={change} onClose={() => setChange(null)} onPublished={() => setChange(null)} onRebase={(base) => setChange({ ...change, base })} />}
    </>
  );
}
