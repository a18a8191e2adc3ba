//! Rules, the review queue, lists, and what operators look after.

use super::{Route, route};

const LISTS: &str = "/api/v1/lists";
const LOGBOOK: &str = "/api/v1/logbook";
const REVIEW: &str = "/api/v1/review";

pub(super) const ROUTES: &[Route] = &[
    route("rules", "/api/v1/rules", "/api/v1/rules"),
    route("words of rules", "/api/v1/rules/schema", "/api/v1/rules/schema"),
    route("rule", "/api/v1/rules/{rule_id}", "/api/v1/rules/{event_rule}"),
    route("rule set", "/api/v1/rule-set", "/api/v1/rule-set"),
    route("rule set versions", "/api/v1/rule-set/versions", "/api/v1/rule-set/versions"),
    route(
        "rule set version",
        "/api/v1/rule-set/versions/{version}",
        "/api/v1/rule-set/versions/{version}",
    ),
    route(
        "difference of rule sets",
        "/api/v1/rule-set/versions/{from}/diff/{to}",
        "/api/v1/rule-set/versions/{version}/diff/{version}",
    ),
    route("presets", "/api/v1/presets", "/api/v1/presets"),
    route("rescore", "/api/v1/rescore", "/api/v1/rescore"),
    route("review queue", REVIEW, "/api/v1/review?limit=200"),
    route("review queue, worst", REVIEW, "/api/v1/review?sort=trust_score"),
    route("review queue, decided", REVIEW, "/api/v1/review?state=decided"),
    route("review queue by rule", REVIEW, "/api/v1/review?rule={event_rule}"),
    route("review queue by trust", REVIEW, "/api/v1/review?trust_from=0&trust_to=10"),
    route("counts of the review queue", "/api/v1/review/counts", "/api/v1/review/counts"),
    route("case", "/api/v1/review/{case_id}", "/api/v1/review/{case}"),
    route("decisions", "/api/v1/decisions", "/api/v1/decisions"),
    route(
        "decisions about a user",
        "/api/v1/decisions",
        "/api/v1/decisions?kind=user&value={user}",
    ),
    route("decisions by action", "/api/v1/decisions", "/api/v1/decisions?action=watch"),
    route("decisions by nobody", "/api/v1/decisions", "/api/v1/decisions?actor=nobody"),
    route("lists", LISTS, "/api/v1/lists"),
    route("lists by kind", LISTS, "/api/v1/lists?list=block&kind=phone"),
    route("lists by beginning", LISTS, "/api/v1/lists?q=person1"),
    route("lists by source", LISTS, "/api/v1/lists?source=cascade"),
    route("entry", "/api/v1/lists/{entry_id}", "/api/v1/lists/{entry}"),
    route("logbook", LOGBOOK, "/api/v1/logbook?limit=200"),
    route("logbook by text", LOGBOOK, "/api/v1/logbook?q=user-99"),
    route("logbook by status", LOGBOOK, "/api/v1/logbook?status=4xx"),
    route(
        "series of the logbook",
        "/api/v1/logbook/series",
        "/api/v1/logbook/series?from={day_ago}",
    ),
    route("line of the logbook", "/api/v1/logbook/{line_id}", "/api/v1/logbook/{line}"),
    route("audit log", "/api/v1/audit", "/api/v1/audit?limit=200"),
    route("audit log by action", "/api/v1/audit", "/api/v1/audit?action=rules.publish"),
    route("audit log by nobody", "/api/v1/audit", "/api/v1/audit?actor=nobody"),
    route("data sets", "/api/v1/data-sets", "/api/v1/data-sets"),
    route("erasures", "/api/v1/erasures", "/api/v1/erasures"),
    route("erasure", "/api/v1/erasures/{erasure_id}", "/api/v1/erasures/{erasure}"),
    route("retention", "/api/v1/retention", "/api/v1/retention"),
    route("settings", "/api/v1/settings", "/api/v1/settings"),
    route("invitations", "/api/v1/invitations", "/api/v1/invitations"),
    route("members", "/api/v1/members", "/api/v1/members"),
    route("keys", "/api/v1/keys", "/api/v1/keys"),
    route("tokens", "/api/v1/tokens", "/api/v1/tokens"),
    route("sign-in policy", "/api/v1/sign-in-policy", "/api/v1/sign-in-policy"),
];
