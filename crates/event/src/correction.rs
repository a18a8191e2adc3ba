//! What was repaired in an event instead of refusing it.

use std::fmt;

/// One repair: which field and what was done. The text never holds the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub field: &'static str,
    pub action: &'static str,
}

impl Correction {
    pub const CUT: &'static str = "cut to the limit";
    pub const REPLACED: &'static str = "invalid, replaced";
    pub const DROPPED: &'static str = "invalid, dropped";
    pub const RECEIPT: &'static str = "invalid or missing, time of receipt used";
    pub const UNKNOWN: &'static str = "required part missing, set to unknown";
    pub const NUL: &'static str = "NUL characters removed";
}

impl fmt::Display for Correction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.field, self.action)
    }
}
