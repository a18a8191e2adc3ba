//! What an evaluation reads, and what it gives.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use innerwall_event::Timestamp;
use innerwall_features::{Fact, Facts, Value};

/// The custom fields of an event.
pub trait CustomFields {
    /// The text of a field; `None` when the producer did not send it.
    fn get(&self, name: &str) -> Option<&str>;
}

/// The lists of a tenant. What has expired at `now` is not in a list.
pub trait ListLookup {
    /// Whether the text is an entry of the list.
    fn has(&self, list: &str, text: &str, now: Timestamp) -> bool;
    /// Whether the text holds an entry of the list.
    fn contains_any(&self, list: &str, text: &str, now: Timestamp) -> bool;
}

/// Nothing: no custom fields and no lists.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

impl CustomFields for Nothing {
    fn get(&self, _name: &str) -> Option<&str> {
        None
    }
}

impl ListLookup for Nothing {
    fn has(&self, _list: &str, _text: &str, _now: Timestamp) -> bool {
        false
    }

    fn contains_any(&self, _list: &str, _text: &str, _now: Timestamp) -> bool {
        false
    }
}

impl CustomFields for BTreeMap<String, String> {
    fn get(&self, name: &str) -> Option<&str> {
        BTreeMap::get(self, name).map(String::as_str)
    }
}

/// Everything a condition may read for one event.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    pub facts: &'a Facts,
    /// Values of the windows, by slot of the rule set; a missing one is unknown.
    pub windows: &'a [Value],
    pub custom: &'a dyn CustomFields,
    pub lists: &'a dyn ListLookup,
    /// Time of the event.
    pub now: Timestamp,
}

impl<'a> Inputs<'a> {
    /// Facts and nothing else.
    pub fn of_facts(facts: &'a Facts) -> Self {
        let now = Timestamp::from_micros(0);
        Self { facts, windows: &[], custom: &Nothing, lists: &Nothing, now }
    }
}

/// What kept a condition from being decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// This fact is not known.
    Fact(Fact),
    /// This window has no value.
    Window(Arc<str>),
    /// The event does not carry this custom field.
    Custom(Arc<str>),
    /// Division by zero or a result beyond 64 bits.
    Arithmetic,
    /// `int` of a text that is no number.
    Number,
    /// The event had used up its steps.
    Steps,
}

/// Stands for [`Missing::Number`] where names are stored; brackets keep it apart from windows.
const NUMBER: &str = "(number)";
/// Stands for [`Missing::Steps`] where names are stored.
const STEPS: &str = "(steps)";
const CUSTOM: &str = "custom.";

impl Missing {
    /// Reads the stored form; `None` for a fact that is no more.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "" => Some(Self::Arithmetic),
            NUMBER => Some(Self::Number),
            STEPS => Some(Self::Steps),
            name => match name.strip_prefix(CUSTOM) {
                Some(field) => Some(Self::Custom(field.into())),
                None if name.contains('.') => Fact::named(name).map(Self::Fact),
                None => Some(Self::Window(name.into())),
            },
        }
    }
}

/// The stored form: the name of what is missing.
impl fmt::Display for Missing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fact(fact) => out.write_str(fact.def().name),
            Self::Window(name) => out.write_str(name),
            Self::Custom(name) => write!(out, "{CUSTOM}{name}"),
            Self::Arithmetic => Ok(()),
            Self::Number => out.write_str(NUMBER),
            Self::Steps => out.write_str(STEPS),
        }
    }
}

/// The outcome of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    True,
    False,
    Unknown(Missing),
    /// The event had used up its steps before the condition was decided.
    Skipped,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

/// Steps that one event may use for all its rules: some hundred microseconds.
pub const EVENT_STEPS_MAX: u32 = 20_000;

/// The steps an event has left.
///
/// They depend on the event and the rules only, so that a replay skips the same rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    left: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: EVENT_STEPS_MAX }
    }
}

impl Budget {
    pub const fn of(steps: u32) -> Self {
        Self { left: steps }
    }

    pub const fn left(self) -> u32 {
        self.left
    }

    /// Takes steps; when there are not enough, nothing is left.
    pub(super) fn take(&mut self, steps: u32) -> bool {
        let is_enough = steps <= self.left;
        self.left = if is_enough { self.left - steps } else { 0 };
        is_enough
    }
}
