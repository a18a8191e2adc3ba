/** How one user reads in a table row. */
import { Link } from "@tanstack/react-router";
import type { UserSummary } from "../../api/types";
import type { Column } from "../../components/data-table";
import { DownIcon, UpIcon } from "../../components/icons";
import { Missing } from "../../components/missing";
import { Score } from "../../components/score";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { compactCount, count, countryName } from "../../lib/format";
import { strings } from "../../strings";
import type { Sort } from "./search";

const text = strings.users;
const heads = text.columns;

export function userColumns(sort: Sort, onSort: (sort: Sort) => void): readonly Column<UserSummary>[] {
  return [
    { key: "user", head: heads.user, cell: (user) => <Name user={user} /> },
    { key: "trust", ...sortable(heads.trust, "trust_score", sort, onSort), cell: (user) => <Score score={user.trust_score} band={user.band} worded /> },
    { key: "why", head: heads.why, cell: (user) => <Why user={user} /> },
    { key: "country", head: heads.country, cell: (user) => <Country code={user.country} /> },
    { key: "events", head: heads.events, cell: (user) => <span title={count(user.event_count)}>{compactCount(user.event_count)}</span> },
    { key: "seen", ...sortable(heads.lastSeen, "last_seen", sort, onSort), cell: (user) => <span className="muted"><TimeAgo iso={user.last_seen} /></span> },
  ];
}

/** A header that sorts: the first choice is what one usually looks for, the second its reverse. */
function sortable(name: string, field: "trust_score" | "last_seen", sort: Sort, onSort: (sort: Sort) => void) {
  const ascending = sort === field;
  const descending = sort === `-${field}`;
  const first: Sort = field === "last_seen" ? "-last_seen" : "trust_score";
  const reverse: Sort = field === "last_seen" ? "last_seen" : "-trust_score";
  const sorted: "ascending" | "descending" | "none" = ascending ? "ascending" : descending ? "descending" : "none";
  const head = (
    <button type="button" className="table__sort" onClick={() => onSort(sort === first ? reverse : first)}>
      {name}
      {ascending && <UpIcon />}
      {descending && <DownIcon />}
    </button>
  );
  return { head, sorted };
}

function Name({ user }: { user: UserSummary }) {
  const name = user.email || user.full_name || user.user_id;
  return (
    <Link to="/users/$userId" params={{ userId: user.user_id }} className="table__open username" title={name}>
      <bdi>{name}</bdi>
    </Link>
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

function Country({ code }: { code?: string | null }) {
  return code ? <span title={countryName(code)}>{countryName(code)}</span> : <Missing why={strings.missing.country} />;
}
