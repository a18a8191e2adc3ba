//! Conditions: a subset of CEL, parsed, type-checked and compiled to fact slots.
//!
//! `parse` turns text into a tree with positions, `check` gives every node a type and turns it
//! into the typed tree that `eval` walks. Expressions are total: no loops, no recursion, a
//! bounded size. A fact may be unknown; an expression over it is then unknown as well, unless
//! the other side of `&&` or `||` already decides.

mod ast;
mod canonical;
mod check;
mod condition;
mod cost;
mod eval;
mod event_types;
mod fold;
mod inputs;
mod parse;
mod pattern;
mod probe;
mod scope;
mod suggest;
mod token;
mod typed;
mod walk;

pub use condition::{Condition, Expression, ListUse};
pub use inputs::{
    Budget, CustomFields, EVENT_STEPS_MAX, Inputs, ListLookup, Missing, Nothing, Truth,
};
pub use pattern::PATTERN_BYTES_MAX;
pub use suggest::suggestion_of;
pub use walk::Read;

pub(crate) use scope::{CUSTOM_NAME_BYTES_MAX, EVENT_FAMILIES, Scope, is_custom_name};
pub(crate) use suggest::{nearest, with_suggestion};
pub(crate) use typed::Source;

/// Longest expression. With the node limit it bounds the time of one evaluation.
pub const EXPRESSION_BYTES_MAX: usize = 4096;
/// Most nodes of one expression: bounds its size in memory.
pub const NODES_MAX: usize = 256;
/// Deepest nesting of one expression.
pub const DEPTH_MAX: usize = 32;
/// Most steps of one expression: its static cost.
pub const COST_MAX: u32 = 1_000;

/// Why an expression is not accepted. Line and column count from 1 within the expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExpressionError {
    pub line: usize,
    pub column: usize,
    pub message: String,
}

/// A fault at a byte of the expression.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }

    /// The fault with line and column of the text it was found in.
    pub(crate) fn located(self, text: &str) -> ExpressionError {
        let (line, column) = position(text, self.at);
        ExpressionError { line, column, message: self.message }
    }
}

/// Every function: its form and its meaning.
pub(crate) fn functions() -> impl Iterator<Item = (&'static str, &'static str)> {
    check::FUNCTIONS.iter().map(|function| (function.form, function.meaning))
}

/// The names of [`functions`], in the same order.
pub(crate) fn function_names() -> impl Iterator<Item = &'static str> {
    check::FUNCTIONS.iter().map(|function| function.name)
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests;
