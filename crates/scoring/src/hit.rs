//! Rules that fire, and rules that could not be judged.

use innerwall_event::Timestamp;
use innerwall_rules::{Missing, RuleId};
use uuid::Uuid;

/// A rule that fires for a user: since which event, and what it saw then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub rule: RuleId,
    pub points: i16,
    /// The rule is on trial: it is recorded and changes nothing.
    pub is_shadow: bool,
    /// The reason with the values the rule saw when it began to fire.
    pub reason: String,
    /// The event with which the rule began to fire.
    pub event_id: Uuid,
    pub event_time: Timestamp,
    /// Version of the rule set that the hit began under.
    pub rule_set: i32,
}

impl Hit {
    /// What the hit adds to the score.
    pub fn weight(&self) -> i16 {
        if self.is_shadow { 0 } else { self.points }
    }
}

/// A rule about events that fired on one, and what it saw.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EventHit {
    #[serde(with = "rule_text")]
    pub rule: RuleId,
    pub points: i16,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_shadow: bool,
    pub reason: String,
}

/// A rule that could not be judged, and what it lacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEvaluated {
    pub rule: RuleId,
    pub missing: Missing,
}

/// Rule ids as texts.
mod rule_text {
    use innerwall_rules::RuleId;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
    pub(super) fn serialize<S: Serializer>(rule: &RuleId, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(rule.as_str())
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<RuleId, D::Error> {
        let text = String::deserialize(from)?;
        RuleId::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no rule id")))
    }
}
