//! Counts.

use innerwall_storage::ledger::Ledger;
use serde::Serialize;
use utoipa::ToSchema;

/// Counts over a range of time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) bucket_seconds: i64,
    pub(crate) events: i64,
    pub(crate) users_active: i64,
    pub(crate) users_total: i64,
    pub(crate) addresses_active: i64,
    pub(crate) bands: Bands,
    /// One entry per bucket, without gaps.
    pub(crate) series: Vec<SeriesBucket>,
    pub(crate) top_rules: Vec<RuleUsers>,
    pub(crate) events_by_type: Vec<TypeEvents>,
}

/// Users by band of trust.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Bands {
    pub(crate) low: i64,
    pub(crate) medium: i64,
    pub(crate) high: i64,
}

/// Events of one bucket by severity.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct SeriesBucket {
    /// Start of the bucket.
    pub(crate) time: String,
    pub(crate) normal: i64,
    pub(crate) editing: i64,
    pub(crate) alert: i64,
}

/// A rule and how many active users it fires for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RuleUsers {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    pub(crate) users: i64,
}

/// An event type and its number of events.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TypeEvents {
    pub(crate) event_type: String,
    pub(crate) events: i64,
}

/// The account of every event.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Ledger)]
pub(crate) struct LedgerView {
    /// Events the gateways answered for.
    pub(crate) accepted: i64,
    /// Events refused because the broker did not answer; some may have been stored all the same.
    pub(crate) unconfirmed: i64,
    pub(crate) scored: i64,
    /// Sent again under the same id with the same content.
    pub(crate) duplicate: i64,
    /// Sent under the id of another event.
    pub(crate) conflict: i64,
    /// Could not be scored and wait for an operator.
    pub(crate) parked: i64,
    pub(crate) in_flight: i64,
    /// Whether accepted = scored + duplicate + conflict + parked + in flight.
    pub(crate) balanced: bool,
    pub(crate) as_of: String,
}

impl LedgerView {
    pub(crate) fn new(ledger: Ledger, as_of: String) -> Self {
        Self {
            accepted: ledger.accepted,
            unconfirmed: ledger.unconfirmed,
            scored: ledger.scored,
            duplicate: ledger.duplicate,
            conflict: ledger.conflict,
            parked: ledger.parked,
            in_flight: ledger.in_flight,
            balanced: ledger.is_balanced(),
            as_of,
        }
    }
}
