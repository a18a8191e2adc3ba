//! Answers as protobuf.

use innerwall_event::Timestamp;
use innerwall_wire::query as proto;

use crate::view::{
    EventHitView, EventView, HitView, LedgerView, NotEvaluatedView, Overview, UserSummary, UserView,
};

pub(super) fn time(text: &str) -> Option<prost_types::Timestamp> {
    let micros = Timestamp::parse_rfc3339(text).ok()?.as_micros();
    let nanos = i32::try_from(micros.rem_euclid(1_000_000) * 1_000).unwrap_or_default();
    Some(prost_types::Timestamp { seconds: micros.div_euclid(1_000_000), nanos })
}

impl From<UserSummary> for proto::UserSummary {
    fn from(user: UserSummary) -> Self {
        Self {
            first_seen: time(&user.first_seen),
            last_seen: time(&user.last_seen),
            user_id: user.user_id,
            email: user.email,
            full_name: user.full_name,
            trust_score: user.trust_score,
            status: user.status.to_owned(),
            is_watched: user.is_watched,
            event_count: user.event_count,
            rules: user.rules.into_iter().map(|rule| rule.rule_id).collect(),
            top_reason: user.top_reason,
        }
    }
}

impl From<UserView> for proto::User {
    fn from(user: UserView) -> Self {
        Self {
            hits: user.hits.into_iter().map(proto::Hit::from).collect(),
            not_evaluated: user.not_evaluated.into_iter().map(proto::NotEvaluated::from).collect(),
            sessions: user.counters.sessions,
            devices: user.counters.devices,
            addresses: user.counters.addresses,
            countries: user.counters.countries,
            summary: Some(user.summary.into()),
        }
    }
}

impl From<HitView> for proto::Hit {
    fn from(hit: HitView) -> Self {
        Self {
            event_time: time(&hit.event_time),
            rule_id: hit.rule_id,
            name: hit.name,
            reason: hit.reason,
            weight: hit.weight,
            event_id: hit.event_id,
            is_shadow: hit.is_shadow,
            rule_set_version: hit.rule_set_version,
        }
    }
}

impl From<NotEvaluatedView> for proto::NotEvaluated {
    fn from(gap: NotEvaluatedView) -> Self {
        Self { rule_id: gap.rule_id, name: gap.name, needs: gap.needs }
    }
}

impl From<&EventView> for proto::Event {
    fn from(event: &EventView) -> Self {
        Self {
            event_id: event.event_id.clone(),
            event_time: time(&event.event_time),
            received_at: time(&event.received_at),
            user_id: event.user_id.clone(),
            event_type: event.event_type.clone(),
            severity: event.severity.to_owned(),
            url: event.url.clone(),
            ip: event.ip.clone(),
            country: event.country.clone(),
            http_code: event.http_code,
            trust_score: event.trust_score,
            risk_score: event.risk_score,
            hits: event.hits.iter().map(|hit| hit.rule_id.clone()).collect(),
            event_hits: event.event_hits.iter().cloned().map(proto::EventHit::from).collect(),
        }
    }
}

impl From<EventHitView> for proto::EventHit {
    fn from(hit: EventHitView) -> Self {
        let EventHitView { rule_id, name, weight, reason, is_shadow } = hit;
        Self { rule_id, name, reason, weight, is_shadow }
    }
}

impl From<Overview> for proto::GetOverviewResponse {
    fn from(overview: Overview) -> Self {
        Self {
            from: time(&overview.from),
            to: time(&overview.to),
            events: overview.events,
            users_active: overview.users_active,
            users_total: overview.users_total,
            users_low: overview.bands.low,
            users_medium: overview.bands.medium,
            users_high: overview.bands.high,
        }
    }
}

impl From<LedgerView> for proto::GetLedgerResponse {
    fn from(ledger: LedgerView) -> Self {
        Self {
            accepted: ledger.accepted,
            unconfirmed: ledger.unconfirmed,
            scored: ledger.scored,
            duplicate: ledger.duplicate,
            conflict: ledger.conflict,
            parked: ledger.parked,
            in_flight: ledger.in_flight,
            balanced: ledger.balanced,
        }
    }
}
