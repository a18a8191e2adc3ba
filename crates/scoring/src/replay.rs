//! Scoring stored events again and comparing the answers.

use innerwall_event::Event;
use innerwall_features::Surroundings;
use innerwall_rules::{RuleId, RuleSet};
use uuid::Uuid;

use crate::score::{Account, score};

/// A stored event with the answer it got.
#[derive(Clone, Debug)]
pub struct Stored {
    pub event: Event,
    pub around: Surroundings,
    pub sequence: u32,
    pub session: u32,
    pub trust: u8,
    pub risk: Option<u8>,
    pub started: Vec<RuleId>,
    pub ended: Vec<RuleId>,
}

/// A stored answer that scoring again does not give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub event_id: Uuid,
    pub field: &'static str,
    pub stored: String,
    pub replayed: String,
}

/// Scores a user's events again, in the order they were scored, into `account` and gives every
/// difference to what is stored.
pub fn compare(account: &mut Account, stored: &[Stored], rules: &RuleSet) -> Vec<Difference> {
    let mut differences = Vec::new();
    for known in stored {
        let outcome = score(account, &known.event, &known.around, rules);
        let fields = [
            ("sequence", known.sequence.to_string(), outcome.folded.sequence.to_string()),
            ("session", known.session.to_string(), outcome.folded.session.to_string()),
            ("trust", known.trust.to_string(), outcome.trust.to_string()),
            ("risk", format!("{:?}", known.risk), format!("{:?}", outcome.risk)),
            ("hits", format!("{:?}", known.started), format!("{:?}", outcome.started)),
            ("hits ended", format!("{:?}", known.ended), format!("{:?}", outcome.ended)),
        ];
        for (field, stored, replayed) in fields {
            if stored != replayed {
                let event_id = known.event.id;
                differences.push(Difference { event_id, field, stored, replayed });
            }
        }
    }
    differences
}
