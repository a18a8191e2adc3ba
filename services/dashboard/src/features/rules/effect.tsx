/** What a change would do to the users seen last. */
import { useQuery } from "@tanstack/react-query";
import { UserChip } from "../../components/entity-chip";
import { Bone, Loading } from "../../components/states";
import { Tag } from "../../components/tag";
import { rules as text } from "../../strings/rules";
import { Bands, Step } from "./effect-bands";
import { type Change, effectQuery } from "./queries";
import type { RuleSetPreview } from "./types";

const words = text.effect;
const SHOWN_MAX = 5;
const MEANINGS = { allow: "good", review: "warn", challenge: "notice", deny: "bad" } as const;

export function Verdict({ verdict }: { verdict: string }) {
  const known = Object.entries(MEANINGS).find(([name]) => name === verdict);
  return <Tag meaning={known?.[1]}>{text.verdicts[verdict] ?? verdict}</Tag>;
}

interface EffectProps {
  change: Change;
  preview: RuleSetPreview;
}

export function Effect({ change, preview }: EffectProps) {
  const effect = useQuery(effectQuery(change));
  return (
    <div className="effect">
      {effect.isPending ? <p><Loading /><Bone size="l" /></p> : effect.isError ? <p className="muted small">{words.noBands}</p> : <Bands effect={effect.data} />}
      <Verdicts preview={preview} listed={effect.isError || effect.data?.examples.length === 0} />
    </div>
  );
}

/** Policies may change verdicts where no score changes; they are listed where no scores are. */
function Verdicts({ preview: { sampled, flips }, listed }: { preview: RuleSetPreview; listed: boolean }) {
  if (sampled === 0) return <p className="muted small">{words.noUsers}</p>;
  return (
    <>
      <p><strong>{words.flips(flips.length)}</strong> <span className="muted small">{words.sampled(sampled)}</span></p>
      {listed && flips.length > 0 && (
        <ul>
          {flips.slice(0, SHOWN_MAX).map((user) => (
            <li key={user.user_id} className="effect__row">
              <UserChip userId={user.user_id} />
              <Step from={user.trust_before} to={user.trust_after} />
              <span className="effect__verdicts"><Verdict verdict={user.verdict_before} /> <span aria-hidden="true">→</span> <Verdict verdict={user.verdict_after} /></span>
            </li>
          ))}
          {flips.length > SHOWN_MAX && <li className="muted small">{words.more(flips.length - SHOWN_MAX)}</li>}
        </ul>
      )}
    </>
  );
}
