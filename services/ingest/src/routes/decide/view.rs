//! How verdicts are told.

use std::time::Duration;

use actix_web::http::header::{HeaderName, HeaderValue};
use innerwall_event::{TenantId, event_id_of_name};
use innerwall_storage::verdicts::Decided;
use innerwall_wire::Verdict;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::decide::Took;

pub(super) const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
/// What an id may hold unchanged in a path.
const IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// What to do about an event, and why.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Decision)]
pub(crate) struct DecisionAnswer {
    /// Names this decision; the same for every repeat of the event.
    pub(crate) decision_id: String,
    /// The producer's own id, or the one the gateway made. Send it again with the event when you
    /// retry, and the retry is harmless.
    pub(crate) event_id: String,
    /// `allow`, `review`, `challenge` or `deny`.
    pub(crate) verdict: String,
    /// Id of the policy that matched; `default` when none did.
    pub(crate) policy: String,
    /// Why, in words.
    pub(crate) reason: String,
    /// Of the user after the event: 99 good to 0 bad.
    pub(crate) trust_score: u32,
    /// Of the event: 0 good to 99 bad; null while no live rule judges events.
    pub(crate) risk_score: Option<u32>,
    /// Rules that fire for the user or the event, those that weigh most first.
    pub(crate) hits: Vec<HitAnswer>,
    pub(crate) rule_set_version: i32,
}

/// A rule that fires.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = DecisionHit)]
pub(crate) struct HitAnswer {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    pub(crate) reason: String,
    /// -20, 0, 10, 20 or 70; more is worse.
    pub(crate) points: i32,
    /// `live`, or `shadow` for a rule that is only tried.
    pub(crate) mode: String,
}

/// Why there is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PendingStatus {
    /// It was not there in time.
    Pending,
    /// The event could not be scored; an operator has to look at it first.
    Parked,
}

/// The event is durable; its verdict is to be asked for later.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = PendingDecision)]
pub(crate) struct PendingAnswer {
    pub(crate) status: PendingStatus,
    pub(crate) event_id: String,
    /// Where to ask, as in the header `Location`.
    pub(crate) poll: String,
}

impl PendingAnswer {
    pub(crate) fn new(status: PendingStatus, event_id: String) -> Self {
        let poll = format!("/v1/decisions/{}", utf8_percent_encode(&event_id, IN_PATHS));
        Self { status, event_id, poll }
    }
}

impl DecisionAnswer {
    /// As a scorer answers.
    pub(crate) fn new(about: (TenantId, Uuid), event_id: String, verdict: Verdict) -> Self {
        let hits = verdict.hits.into_iter().map(|hit| HitAnswer {
            rule_id: hit.rule_id,
            name: hit.name,
            reason: hit.reason,
            points: hit.points,
            mode: hit.mode,
        });
        Self {
            decision_id: decision_id(about),
            event_id,
            verdict: verdict.verdict,
            policy: verdict.policy,
            reason: verdict.reason,
            trust_score: verdict.trust,
            risk_score: verdict.risk,
            hits: hits.collect(),
            rule_set_version: verdict.rule_set,
        }
    }

    /// As it is stored.
    pub(crate) fn stored(about: (TenantId, Uuid), event_id: String, decided: Decided) -> Self {
        let hits = decided.hits.into_iter().map(|hit| HitAnswer {
            rule_id: hit.rule_id,
            name: hit.name,
            reason: hit.reason,
            points: hit.points.into(),
            mode: hit.mode.name().to_owned(),
        });
        Self {
            decision_id: decision_id(about),
            event_id,
            verdict: decided.verdict.name().to_owned(),
            policy: decided.policy,
            reason: decided.reason,
            trust_score: decided.trust.into(),
            risk_score: decided.risk.map(u32::from),
            hits: hits.collect(),
            rule_set_version: decided.rule_set,
        }
    }
}

/// There is one decision per event, so its id follows from the event's.
fn decision_id((tenant, event_id): (TenantId, Uuid)) -> String {
    event_id_of_name(tenant, &format!("decision/{event_id}")).to_string()
}

/// Tells how long the parts took.
pub(super) fn server_timing(parse: Duration, took: Took, total: Duration) -> HeaderValue {
    let parts =
        [("parse", parse), ("publish", took.publish), ("score", took.score), ("total", total)];
    let parts = parts.map(|(name, took)| format!("{name};dur={:.2}", took.as_secs_f64() * 1e3));
    HeaderValue::from_str(&parts.join(", ")).expect("letters, digits and signs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_id_can_be_asked_for() {
        let poll = |id: &str| PendingAnswer::new(PendingStatus::Pending, id.to_owned()).poll;
        assert_eq!(poll("order-17"), "/v1/decisions/order-17");
        assert_eq!(poll("a/b c?d"), "/v1/decisions/a%2Fb%20c%3Fd");
    }

    #[test]
    fn a_decision_is_named_by_its_event() {
        let event = Uuid::from_u128(7);
        let named = decision_id((TenantId(1), event));
        assert_eq!(named, decision_id((TenantId(1), event)));
        assert_ne!(named, decision_id((TenantId(2), event)));
        assert_ne!(named, event.to_string());
    }

    #[test]
    fn every_part_of_the_time_is_told() {
        let ms = Duration::from_millis;
        let took = Took { publish: ms(2), score: ms(5) };
        let told = server_timing(ms(1), took, ms(9));
        let expected = "parse;dur=1.00, publish;dur=2.00, score;dur=5.00, total;dur=9.00";
        assert_eq!(told.to_str().unwrap(), expected);
    }
}
