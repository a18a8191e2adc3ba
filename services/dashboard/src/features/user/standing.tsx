/** How people, lists and thresholds stand to the user. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Tag } from "../../components/tag";
import { user as text } from "../../strings/user";
import { standingQuery } from "./queries";

const MEANINGS = { in_review: "warn", blocked: "bad", allowed: "good" } as const;

export function Standing({ userId }: { userId: string }) {
  const standing = useQuery(standingQuery(userId)).data;
  if (!standing) return null;
  const known = (["in_review", "blocked", "allowed"] as const).find((status) => status === standing.status);
  return (
    <span className="standing">
      {known && <Tag meaning={MEANINGS[known]}>{text.standing[known]}</Tag>}
      {known && standing.source && <span className="muted small">{text.standing.by[standing.source] ?? standing.source}</span>}
      {standing.is_watched && <Tag meaning="notice">{text.standing.watched}</Tag>}
      {typeof standing.case_id === "number" && <Link to="/review" search={{ case: String(standing.case_id) }} className="small">{text.standing.toCase}</Link>}
    </span>
  );
}
