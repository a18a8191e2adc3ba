//! A rule set: the rules of some packs with a tenant's weights and modes, ready to run.

mod build;
mod content;
mod diff;
mod index;
mod patch;
mod tested;

use std::collections::BTreeMap;
use std::fmt;

use innerwall_event::Timestamp;

use crate::pack::{Pack, Rule, Scope};
use crate::policy::Policy;
use crate::window::WindowDef;

use build::Builder;
use index::Index;

pub use content::{ListEntry, Mode, PackText, RuleSetContent, Thresholds};
pub use diff::{Change, ListChange, RuleSetDiff};
pub use index::Plan;
pub use patch::{ListPatch, RuleSetPatch, ThresholdsPatch};

/// Most rules of one set.
pub(crate) const SET_RULES_MAX: usize = 2_000;
/// Most steps that all running rules and windows of a set may cost together. Few events need
/// more than a tenth of it, because conditions are decided early; one that needs more than
/// [`crate::EVENT_STEPS_MAX`] skips the rest.
pub const SET_COST_MAX: u32 = 50_000;
/// Most policies of one set. Of each event, those up to the first that matches are judged.
pub(crate) const SET_POLICIES_MAX: usize = 100;
/// Most windows of one set.
pub(crate) const SET_WINDOWS_MAX: usize = 256;
/// Most windows of one set that belong to one user: they live in the state of every user.
pub const PRIVATE_WINDOWS_MAX: usize = 32;
/// Most event types that the conditions of one set name: each has a plan of its own.
pub(crate) const SET_EVENT_TYPES_MAX: usize = 256;
/// Most packs of one tenant.
pub(crate) const PACKS_MAX: usize = 32;
/// Most lists of one tenant.
pub(crate) const LISTS_MAX: usize = 64;
/// Most entries of one list.
pub(crate) const LIST_ENTRIES_MAX: usize = 10_000;
/// Longest value, comment or author of an entry in bytes.
pub(crate) const ENTRY_BYTES_MAX: usize = 256;

/// A rule, what it weighs for a tenant, and whether it acts.
#[derive(Clone, Debug)]
pub struct WeightedRule {
    pub rule: Rule,
    pub points: i16,
    pub mode: Mode,
}

/// An entry of a tenant's list, as evaluation needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub value: String,
    /// From this time of an event on, the entry is not in the list.
    pub expires_at: Option<Timestamp>,
}

/// All rules a tenant runs, under one version.
#[derive(Clone, Debug)]
pub struct RuleSet {
    pub version: i32,
    pub thresholds: Thresholds,
    rules: Vec<WeightedRule>,
    policies: Vec<Policy>,
    windows: Vec<WindowDef>,
    lists: BTreeMap<String, Vec<Listed>>,
    index: Index,
}

/// One fault of a rule set, with the path of what is wrong in its content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct RuleSetFault {
    pub path: String,
    /// Line and column in the text at the path, where it is a text.
    pub place: Option<(u64, u64)>,
    pub message: String,
}

impl fmt::Display for RuleSetFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.path)?;
        if let Some((line, column)) = self.place {
            write!(out, "line {line}, column {column}: ")?;
        }
        out.write_str(&self.message)
    }
}

/// Why a content does not make a rule set: every fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct RuleSetError(pub Vec<RuleSetFault>);

impl fmt::Display for RuleSetError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fault) in self.0.iter().enumerate() {
            let separator = if number == 0 { "" } else { "; " };
            write!(out, "{separator}{fault}")?;
        }
        Ok(())
    }
}

impl RuleSet {
    /// Makes the rule set of a tenant: the built-in packs, the tenant's own, and how they count.
    pub fn build(version: i32, content: &RuleSetContent) -> Result<Self, RuleSetError> {
        Builder::default().content(version, content)
    }

    /// Joins packs and weights, all rules live. Rules without a weight run and weigh nothing.
    pub fn new(
        version: i32,
        packs: &[Pack],
        weights: &BTreeMap<String, i64>,
    ) -> Result<Self, RuleSetError> {
        Builder::default().packs(version, packs, weights)
    }

    pub fn rules(&self) -> &[WeightedRule] {
        &self.rules
    }

    /// Finds a rule by its id.
    pub fn rule(&self, id: &str) -> Option<&WeightedRule> {
        self.rules.get(self.index.number(id)?)
    }

    /// The policies in the order in which they are judged: that of the packs.
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// The windows that running rules and policies read; a place in this list is a slot.
    pub fn windows(&self) -> &[WindowDef] {
        &self.windows
    }

    /// The tenant's own lists.
    pub fn lists(&self) -> &BTreeMap<String, Vec<Listed>> {
        &self.lists
    }

    /// What there is to do for an event of a type.
    pub fn plan(&self, event_type: &str) -> &Plan {
        self.index.plan(event_type)
    }

    /// The rules to evaluate for an event of a type, in the order of the packs: every running
    /// rule of scope user, and those of scope event that the type can make true.
    pub fn rules_for(&self, event_type: &str) -> impl Iterator<Item = &WeightedRule> {
        let numbers = self.plan(event_type).rules.iter();
        numbers.filter_map(|number| self.rules.get(usize::from(*number)))
    }

    /// Whether events get a risk score: a live rule judges them.
    pub fn judges_events(&self) -> bool {
        let judges =
            |known: &WeightedRule| known.rule.scope == Scope::Event && known.mode == Mode::Live;
        self.rules.iter().any(judges)
    }
}

#[cfg(test)]
mod tests;
