import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Case } from "../../api/types";
import { UserChip } from "../../components/entity-chip";
import { TimeAgo } from "../../components/time";
import { overview as text } from "../../strings/overview";
import { Panel, Row } from "./panel";
import { waitingQuery } from "./queries";

/** Who waits, the least trusted first. */
export function Cases() {
  const query = useQuery(waitingQuery);
  const cases = query.data?.items;
  return (
    <Panel title={text.cases.title} all={<Link to="/review">{text.cases.all}</Link>} query={query} count={cases?.length} bones={5} none={text.cases.none}
      noneTry={text.cases.noneTry} foot={<Link to="/incident" className="small">{text.cases.guide}</Link>}>
      {cases?.map((one) => <CaseRow key={one.case_id} one={one} />)}
    </Panel>
  );
}

function CaseRow({ one }: { one: Case }) {
  const reason = one.top_reason ?? one.reason;
  return (
    <Row>
      <span className="panel__name"><UserChip userId={one.user_id} email={one.email} score={one.trust_score ?? null} band={one.band} covers /></span>
      <span className="panel__why muted ellipsis" title={reason}><bdi>{reason}</bdi></span>
      <span className="panel__count muted"><TimeAgo iso={one.opened_at} /></span>
    </Row>
  );
}
