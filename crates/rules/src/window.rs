//! Windows: what is counted over a span of time, for every value of a key.

mod check;
mod duration;
mod identity;
mod key;

use std::collections::BTreeSet;
use std::sync::Arc;

use innerwall_features::Value;

use crate::lang::{Condition, Expression, ListUse, Read};

pub use key::{UnknownKey, WindowKey};

pub(crate) use check::{check_window, is_window_name};
pub(crate) use duration::{OVER_S_MAX, OVER_S_MIN, written};

/// Most keys that one window counts by.
pub const KEYS_MAX: usize = 3;
/// Most different values a window shared by users tells apart.
pub const DISTINCT_SHARED_MAX: i64 = 1_000;
/// Most different values a window of one user or session tells apart.
pub const DISTINCT_PRIVATE_MAX: i64 = 64;

/// What a window gives.
#[derive(Clone, Debug, PartialEq)]
pub enum WindowKind {
    /// Number of events.
    Count,
    /// Number of different values of a key among the events.
    Distinct(WindowKey),
    /// Sum of an expression over the events.
    Sum(Expression),
    /// Percentage of the events for which a condition holds; unknown without events.
    Ratio(Condition),
    /// Seconds since the first event before this one; unknown without one.
    FirstSeen,
    /// Seconds since the last event before this one; unknown without one.
    LastSeen,
}

impl WindowKind {
    /// The words of all kinds with what they need and give, for documents.
    pub(crate) const WORDS: [(&'static str, &'static str, &'static str); 6] = [
        ("count", "condition", "events for which the condition holds"),
        ("distinct", "key", "different values of the key; at most 1,000, by user or session 64"),
        ("sum", "int expression", "sum of the expression"),
        ("ratio", "condition", "percent of the events for which the condition holds, 0 to 100"),
        ("first_seen", "condition", "seconds since the first event before this one"),
        ("last_seen", "condition", "seconds since the last event before this one"),
    ];

    pub const fn word(&self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Distinct(_) => "distinct",
            Self::Sum(_) => "sum",
            Self::Ratio(_) => "ratio",
            Self::FirstSeen => "first_seen",
            Self::LastSeen => "last_seen",
        }
    }
}

/// A checked window.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowDef {
    pub name: Arc<str>,
    pub kind: WindowKind,
    /// Which events are looked at.
    pub filter: Condition,
    /// One to three keys, sorted; an event that lacks one is neither counted nor judged.
    pub by: Vec<WindowKey>,
    pub over_s: u32,
    /// Hash of the definition without its name: equal windows share what they counted.
    pub identity: u64,
    /// Whether the window belongs to one user, so that it is kept in the state of the user.
    pub is_private: bool,
}

impl WindowDef {
    /// The event types that the window looks at; `None` means any.
    pub fn event_types(&self) -> Option<BTreeSet<String>> {
        self.filter.event_types()
    }

    /// Steps of looking at one event.
    pub fn cost(&self) -> u32 {
        let more = match &self.kind {
            WindowKind::Sum(amount) => amount.cost(),
            WindowKind::Ratio(condition) => condition.cost(),
            WindowKind::Count
            | WindowKind::Distinct(_)
            | WindowKind::FirstSeen
            | WindowKind::LastSeen => 0,
        };
        self.filter.cost().saturating_add(more)
    }

    /// Everything of the event that the window reads, its keys aside.
    pub fn reads(&self) -> Vec<Read> {
        let mut reads = self.filter.reads();
        let more = match &self.kind {
            WindowKind::Sum(amount) => amount.reads(),
            WindowKind::Ratio(condition) => condition.reads(),
            WindowKind::Count
            | WindowKind::Distinct(_)
            | WindowKind::FirstSeen
            | WindowKind::LastSeen => Vec::new(),
        };
        reads.extend(more);
        reads
    }

    /// The largest value the window can tell apart, where there is one.
    pub fn capped_at(&self) -> Option<i64> {
        let is_distinct = matches!(self.kind, WindowKind::Distinct(_));
        let most = if self.is_private { DISTINCT_PRIVATE_MAX } else { DISTINCT_SHARED_MAX };
        is_distinct.then_some(most)
    }

    pub(crate) fn lists(&self) -> Vec<ListUse> {
        let mut lists = self.filter.lists().to_vec();
        match &self.kind {
            WindowKind::Sum(amount) => lists.extend_from_slice(amount.lists()),
            WindowKind::Ratio(condition) => lists.extend_from_slice(condition.lists()),
            WindowKind::Count
            | WindowKind::Distinct(_)
            | WindowKind::FirstSeen
            | WindowKind::LastSeen => {}
        }
        lists
    }

    pub(crate) fn patterns(&self) -> usize {
        self.filter.patterns()
            + match &self.kind {
                WindowKind::Sum(amount) => amount.patterns(),
                WindowKind::Ratio(condition) => condition.patterns(),
                WindowKind::Count
                | WindowKind::Distinct(_)
                | WindowKind::FirstSeen
                | WindowKind::LastSeen => 0,
            }
    }

    /// The value in words: one at the cap is a lower bound.
    pub fn say(&self, value: &Value) -> String {
        say(value, self.capped_at())
    }
}

/// The value of a window in words.
pub(crate) fn say(value: &Value, capped_at: Option<i64>) -> String {
    let Value::Int(number) = value else { return "unknown".to_owned() };
    let is_capped = capped_at.is_some_and(|most| *number >= most);
    if is_capped { format!("{number} or more") } else { number.to_string() }
}

#[cfg(test)]
mod tests;
