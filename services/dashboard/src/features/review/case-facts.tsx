import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { userQuery } from "../../api/queries";
import type { Case, CaseDetail } from "../../api/types";
import { Fact, Facts } from "../../components/facts";
import { Missing } from "../../components/missing";
import { Tag } from "../../components/tag";
import { TimeExact } from "../../components/time";
import { strings } from "../../strings";
import { review } from "../../strings/review";
import { Assignee } from "./assignee";

const text = review.case;

export function CaseFacts({ detail, listed }: { detail: CaseDetail; listed: Case | undefined }) {
  const user = useQuery(userQuery(detail.user_id)).data;
  const then = typeof detail.trust_at_opening === "number" ? String(detail.trust_at_opening) : strings.dash;
  const now = user?.trust_score ?? listed?.trust_score;
  const against = user?.hits.filter((hit) => hit.weight > 0 && !hit.is_shadow) ?? [];
  return (
    <>
      <section>
        <h3>{text.reason}</h3>
        <p className="case__reason"><bdi>{detail.reason}</bdi></p>
        {against.length > 0 && <ul className="case__hits">{against.map((hit) => <li key={hit.rule_id}><Tag meaning="warn">{hit.rule_id}</Tag> <bdi>{hit.reason}</bdi></li>)}</ul>}
      </section>
      <Facts>
        <Fact name={text.trust}>{text.trustIs(then, typeof now === "number" ? String(now) : strings.dash)}</Fact>
        <Fact name={text.opened}><TimeExact iso={detail.opened_at} /></Fact>
        <Fact name={text.openedBy}>{detail.rule ? `${detail.rule.name} (${detail.rule.rule_id})` : (review.sources[detail.source] ?? detail.opened_by)}</Fact>
        <Fact name={text.assignee}>{detail.assignee ? <bdi>{detail.assignee}</bdi> : <Missing why={review.nobody} />} {detail.state === "open" && <Assignee detail={detail} />}</Fact>
      </Facts>
      <p className="case__doors">
        <Link to="/users/$userId" params={{ userId: detail.user_id }} className="button">{text.page}</Link>
        {detail.event_id && <Link to="/activity" search={{ event: detail.event_id }} className="button">{text.event}</Link>}
      </p>
    </>
  );
}
