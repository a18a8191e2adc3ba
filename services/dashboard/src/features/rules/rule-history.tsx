/** Versions of the rule set that changed one rule. */
import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bone, Loading } from "../../components/states";
import { TimeAgo } from "../../components/time";
import { rules as strings } from "../../strings/rules";
import { diffQuery, versionsQuery } from "./queries";
import { changeOf } from "./touching";

const text = strings.rule;
/** Versions looked through: each is one question, whose answer never changes. */
const LOOKED_THROUGH_MAX = 20;

export function RuleHistory({ ruleId }: { ruleId: string }) {
  const versions = useInfiniteQuery(versionsQuery).data?.pages[0]?.items;
  const looked = versions?.slice(0, LOOKED_THROUGH_MAX).filter(({ version }) => version > 1) ?? [];
  const diffs = useQueries({ queries: looked.map(({ version }) => diffQuery(version - 1, version)) });
  if (!versions || diffs.some(({ isPending }) => isPending)) return <p><Loading /><Bone size="l" /></p>;
  const touching = looked.flatMap((made, at) => {
    const change = changeOf(diffs[at]?.data?.changes, ruleId);
    return change === null ? [] : [{ ...made, change }];
  });
  return (
    <>
      {touching.length === 0 ? <p className="muted small">{text.noHistory}</p> : (
        <ul className="rule__history">
          {touching.map(({ version, reason, author, created_at: at, change }) => (
            <li key={version}>
              <p><Link to="/rules/versions" search={{ from: String(version - 1), to: String(version) }}>{strings.version(version)}</Link> <strong>{change}</strong></p>
              <p className="muted small"><bdi>{reason}</bdi> · <bdi>{author}</bdi> · <TimeAgo iso={at} /></p>
            </li>
          ))}
        </ul>
      )}
      {versions.length > LOOKED_THROUGH_MAX && <p className="muted small">{text.historyBound(LOOKED_THROUGH_MAX)}</p>}
    </>
  );
}
