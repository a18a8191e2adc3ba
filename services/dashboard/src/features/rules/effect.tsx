/** What a change would do to the users seen last. */
import { UserChip } from "../../components/entity-chip";
import { Tag } from "../../components/tag";
import { rules as text } from "../../strings/rules";
import type { RuleSetPreview } from "./types";

const words = text.effect;
const SHOWN_MAX = 8;
const MEANINGS = { allow: "good", review: "warn", challenge: "notice", deny: "bad" } as const;

export function Verdict({ verdict }: { verdict: string }) {
  const known = Object.entries(MEANINGS).find(([name]) => name === verdict);
  return <Tag meaning={known?.[1]}>{text.verdicts[verdict] ?? verdict}</Tag>;
}

export function Effect({ preview }: { preview: RuleSetPreview }) {
  const { sampled, rescored, flips } = preview;
  if (sampled === 0) return <p className="muted small">{words.noUsers}</p>;
  return (
    <div className="effect">
      <p><strong>{words.flips(flips.length)}</strong>{flips.length > 0 && ". "} {rescored > 0 || flips.length > 0 ? `${words.rescored(rescored)}.` : words.rescored(0)}</p>
      {flips.length > 0 && (
        <ul className="effect__flips">
          {flips.slice(0, SHOWN_MAX).map((user) => (
            <li key={user.user_id} className="effect__flip">
              <UserChip userId={user.user_id} />
              <span className="numeric nowrap">{user.trust_before} <span aria-hidden="true">→</span><span className="visually-hidden">{words.becomes}</span> {user.trust_after}</span>
              <span className="effect__verdicts"><Verdict verdict={user.verdict_before} /> <span aria-hidden="true">→</span> <Verdict verdict={user.verdict_after} /></span>
            </li>
          ))}
          {flips.length > SHOWN_MAX && <li className="muted small">{words.more(flips.length - SHOWN_MAX)}</li>}
        </ul>
      )}
      <p className="muted small">{words.sampled(sampled)} {words.windows}</p>
    </div>
  );
}
