//! Rules that fire for a user, and rules that could not be judged.

use innerwall_event::Timestamp;
use innerwall_rules::{Missing, RuleId};
use uuid::Uuid;

/// A rule that fires for a user: since which event, and what it saw then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub rule: RuleId,
    pub points: i16,
    /// The reason with the values the rule saw when it began to fire.
    pub reason: String,
    /// The event with which the rule began to fire.
    pub event_id: Uuid,
    pub event_time: Timestamp,
}

/// A rule that could not be judged, and what it lacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEvaluated {
    pub rule: RuleId,
    pub missing: Missing,
}
