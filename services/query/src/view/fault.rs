//! What is wrong with rules, and where.

use std::fmt;

use innerwall_rules::{PackError, RuleSetError, RuleSetFault};
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
    pub(crate) message: String,
}

impl From<&RuleSetFault> for FaultView {
    fn from(fault: &RuleSetFault) -> Self {
        let (line, column) = fault.place.unzip();
        Self { path: fault.path.clone(), line, column, message: fault.message.clone() }
    }
}

impl From<&PackError> for FaultView {
    fn from(error: &PackError) -> Self {
        let PackError { line, column, message } = error;
        let (line, column) = (Some(*line), Some(*column));
        Self { path: String::new(), line, column, message: message.clone() }
    }
}

impl FaultView {
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
