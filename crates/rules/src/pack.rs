//! Packs: files of windows, rules and policies, read and checked as a whole.

mod place;
mod policy;
mod read;
mod warning;
mod wire;

use serde::{Deserialize, Serialize};

use crate::id::RuleId;
use crate::lang::{Condition, Read};
use crate::policy::Policy;
use crate::reason::Template;
use crate::trial::Trial;
use crate::window::WindowDef;

pub use place::word_end;
pub use read::read_pack;
pub use warning::pack_warnings;

pub(crate) use place::{File, fault};
pub(crate) use policy::POLICY_EVENT_TYPES_MAX;
pub(crate) use wire::{Keys, WireTest, WireValue, WireWindow};

/// Largest pack file. Bounds the memory and time a check can take.
pub const PACK_BYTES_MAX: usize = 1024 * 1024;
/// Most rules in one pack.
pub const RULES_MAX: usize = 1000;
/// Most policies in one pack.
pub const POLICIES_MAX: usize = 100;
/// Most windows in one pack. Every window costs a stored cell per key and tenth of its duration.
pub const WINDOWS_MAX: usize = 64;
/// Most regular expressions in one pack: what their compiled forms may pin in memory.
pub(crate) const PATTERNS_MAX: usize = 32;
/// Most tests of one rule or policy.
pub(crate) const TESTS_MAX: usize = 32;
/// Most tags of one rule, and most data sets one rule needs.
pub(crate) const TAGS_MAX: usize = 16;
/// Longest tag or data set in bytes.
pub(crate) const TAG_BYTES_MAX: usize = 64;
/// Longest family or name of a rule in bytes.
pub(crate) const NAME_BYTES_MAX: usize = 128;
/// Longest explanation or reason in bytes.
pub(crate) const SENTENCE_BYTES_MAX: usize = 1024;

/// What a rule judges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The user's trust score.
    #[default]
    User,
    /// The risk score of the event.
    Event,
}

impl Scope {
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Event => "event",
        }
    }
}

/// A checked rule.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: RuleId,
    pub family: String,
    pub name: String,
    pub explanation: String,
    pub condition: Condition,
    pub scope: Scope,
    pub reason: Template,
    pub tags: Vec<String>,
    /// Data sets without which the rule is not evaluated, in words for people.
    pub needs: Vec<String>,
    pub(crate) trials: Vec<Trial>,
    /// Line and column of the condition in its file.
    pub(crate) place: (u64, u64),
}

impl Rule {
    /// Everything the rule reads, for its condition or its reason.
    pub fn reads(&self) -> Vec<Read> {
        let mut reads = self.condition.reads();
        for read in self.reason.reads() {
            if !reads.contains(&read) {
                reads.push(read);
            }
        }
        reads
    }

    pub fn reads_window(&self, name: &str) -> bool {
        let is_it = |read: &Read| matches!(read, Read::Window(window) if **window == *name);
        self.reads().iter().any(is_it)
    }
}

/// A checked file of windows, rules and policies.
#[derive(Clone, Debug)]
pub struct Pack {
    pub family: String,
    pub windows: Vec<WindowDef>,
    pub rules: Vec<Rule>,
    pub policies: Vec<Policy>,
}

impl Pack {
    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let policies = self.policies.iter().map(|policy| &policy.condition);
        self.rules.iter().map(|rule| &rule.condition).chain(policies)
    }

    fn reads_window(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule.reads_window(name))
            || self.policies.iter().any(|policy| policy.reads_window(name))
    }
}

/// Why a pack is not accepted, or what is probably not meant, with the place in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct PackError {
    pub line: u64,
    pub column: u64,
    pub message: String,
}

#[cfg(test)]
mod tests;
