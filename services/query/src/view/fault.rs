//! What is wrong with rules, and where.

use std::fmt;

use innerwall_rules::{PackError, RuleSetError, RuleSetFault, suggestion_of, word_end};
use serde::Serialize;
use utoipa::ToSchema;

/// A fault of a rule set or a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Fault)]
pub(crate) struct FaultView {
    /// What is wrong in the content, such as `packs.own`; empty for a pack checked alone.
    pub(crate) path: String,
    /// In the text at the path, from 1 on; null where it is no text.
    pub(crate) line: Option<u64>,
    pub(crate) column: Option<u64>,
    /// Column after the last one of the faulty word; null where it is not known.
    pub(crate) end_column: Option<u64>,
    pub(crate) message: String,
    /// What was probably meant instead of the faulty word.
    pub(crate) suggestion: Option<String>,
}

impl From<&RuleSetFault> for FaultView {
    fn from(fault: &RuleSetFault) -> Self {
        Self::new(&fault.path, fault.place, &fault.message)
    }
}

impl FaultView {
    pub(crate) fn new(path: &str, place: Option<(u64, u64)>, message: &str) -> Self {
        let (line, column) = place.unzip();
        let suggestion = suggestion_of(message).map(str::to_owned);
        let (path, message) = (path.to_owned(), message.to_owned());
        Self { path, line, column, end_column: None, message, suggestion }
    }

    /// A fault of a pack that was checked alone.
    pub(crate) fn of_pack(error: &PackError, text: &str) -> Self {
        let PackError { line, column, message } = error;
        let end_column = word_end(text, *line, *column);
        Self { end_column, ..Self::new("", Some((*line, *column)), message) }
    }

    pub(crate) fn all(error: &RuleSetError) -> Vec<Self> {
        error.0.iter().map(Self::from).collect()
    }
}

impl fmt::Display for FaultView {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(out, "{}: ", self.path)?;
        }
        if let Some((line, column)) = self.line.zip(self.column) {
            write!(out, "line {line}, column {column}: ")?;
        }
        out.write_str(&self.message)
    }
}
