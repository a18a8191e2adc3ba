/** How one user reads in a row. */
import type { UserSummary } from "../../api/types";
import { EntityChip, UserChip } from "../../components/entity-chip";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { Score } from "../../components/score";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { compactCount, count } from "../../lib/format";
import { strings } from "../../strings";
import { users as text } from "../../strings/users";

const heads = text.columns;

export const userColumns: readonly ListColumn<UserSummary>[] = [
  { key: "user", name: heads.user, width: "minmax(190px, 1.2fr)", phone: "main", cell: (user) => <UserChip userId={user.user_id} email={user.email} name={user.full_name} covers /> },
  { key: "trust", name: heads.trust, width: "104px", phone: "side", sort: "trust_score", cell: (user) => <Score score={user.trust_score} band={user.band} worded /> },
  { key: "status", name: heads.status, width: "108px", cell: (user) => <Status user={user} /> },
  { key: "why", name: heads.why, width: "minmax(180px, 2.2fr)", phone: "below", cell: (user) => <Why user={user} /> },
  { key: "country", name: heads.country, width: "minmax(90px, 130px)", cell: (user) => user.country ? <EntityChip kind="countries" id={user.country} icon={false} /> : <Missing why={strings.missing.country} /> },
  { key: "events", name: heads.events, width: "76px", numeric: true, cell: (user) => <span title={count(user.event_count)}>{compactCount(user.event_count)}</span> },
  { key: "first", name: heads.firstSeen, width: "104px", numeric: true, sort: "first_seen", sortDown: true, optional: true, cell: (user) => <span className="muted"><TimeAgo iso={user.first_seen} /></span> },
  { key: "seen", name: heads.lastSeen, width: "104px", numeric: true, phone: "end", sort: "last_seen", sortDown: true, cell: (user) => <span className="muted"><TimeAgo iso={user.last_seen} /></span> },
  { key: "id", name: heads.id, width: "minmax(120px, 1fr)", optional: true, cell: (user) => <bdi className="mono">{user.user_id}</bdi> },
  { key: "name", name: heads.name, width: "minmax(120px, 1fr)", optional: true, cell: (user) => user.full_name ? <bdi>{user.full_name}</bdi> : <Missing why={strings.missing.name} /> },
];

const MEANINGS = { blocked: "bad", in_review: "warn", allowed: "good" } as const;

/** How people and lists stand to the user; nothing when they are silent. */
export function Status({ user }: { user: Pick<UserSummary, "status" | "is_watched"> }) {
  const known = (["blocked", "in_review", "allowed"] as const).find((status) => status === user.status);
  return (
    <span className="status">
      {known && <Tag meaning={MEANINGS[known]}>{text.statuses[known]}</Tag>}
      {user.is_watched && <Tag meaning="notice">{text.statuses.watched}</Tag>}
    </span>
  );
}

function Why({ user }: { user: UserSummary }) {
  if (!user.top_reason) return <span className="muted">{text.nothing}</span>;
  const more = user.hit_count - 1;
  return (
    <span className="why">
      <span className="ellipsis" title={user.top_reason}><bdi>{user.top_reason}</bdi></span>
      {more > 0 && <Tag title={text.moreHitsTitle(more)}>{text.moreHits(more)}</Tag>}
    </span>
  );
}
