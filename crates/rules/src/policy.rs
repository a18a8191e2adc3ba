//! Policies: which verdict follows from scores, hits, lists and facts.

use innerwall_features::Fact;
use serde::{Deserialize, Serialize};

use crate::lang::{Condition, Read};
use crate::reason::Template;
use crate::trial::Trial;

/// The policy that speaks when no other matches.
pub const DEFAULT_POLICY: &str = "default";

/// What a producer should do about an event. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Let it happen.
    Allow = 1,
    /// Let it happen, and have somebody look at the user.
    Review = 2,
    /// Ask for another proof first, such as a second factor.
    Challenge = 3,
    /// Do not let it happen.
    Deny = 4,
}

impl Verdict {
    pub const ALL: [Self; 4] = [Self::Allow, Self::Review, Self::Challenge, Self::Deny];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Review => "review",
            Self::Challenge => "challenge",
            Self::Deny => "deny",
        }
    }

    pub const fn number(self) -> i16 {
        self as i16
    }

    /// Reads the stored number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.number() == number)
    }
}

/// A checked policy. The first that matches gives the verdict.
#[derive(Clone, Debug)]
pub struct Policy {
    pub id: String,
    pub name: String,
    /// Types of events that it is for; empty is all.
    pub event_types: Vec<String>,
    pub condition: Condition,
    pub verdict: Verdict,
    pub reason: Template,
    pub(crate) trials: Vec<Trial>,
    /// Line and column of the condition in its file.
    pub(crate) place: (u64, u64),
}

impl Policy {
    /// Whether events of this type are its business.
    pub fn is_for(&self, event_type: &str) -> bool {
        self.event_types.is_empty() || self.event_types.iter().any(|known| known == event_type)
    }

    /// Everything the policy reads, for its condition or its reason.
    pub fn reads(&self) -> Vec<Read> {
        let mut reads = self.condition.reads();
        for read in self.reason.reads() {
            if !reads.contains(&read) {
                reads.push(read);
            }
        }
        reads
    }

    pub(crate) fn reads_window(&self, name: &str) -> bool {
        let is_it = |read: &Read| matches!(read, Read::Window(window) if **window == *name);
        self.reads().iter().any(is_it)
    }

    /// Ids of the rules whose hits it looks for.
    pub(crate) fn rules(&self) -> Vec<Box<str>> {
        self.condition.sought_in(Fact::ScoreHits)
    }
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
