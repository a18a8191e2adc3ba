//! Conditions: a subset of CEL, parsed, type-checked and compiled to fact slots.
//!
//! `parse` turns text into a tree with positions, `check` gives every node a type and turns it
//! into the typed tree that `eval` walks. Expressions are total: no loops, no recursion, a
//! bounded size. A fact may be unknown; an expression over it is then unknown as well, unless
//! the other side of `&&` or `||` already decides.

mod ast;
mod check;
mod eval;
mod parse;
mod suggest;
mod token;
mod typed;

use innerwall_features::{Fact, Facts};

pub use eval::{Missing, Truth};

/// Longest expression. With the node limit it bounds the time of one evaluation.
pub const EXPRESSION_BYTES_MAX: usize = 4096;
/// Most nodes of one expression: the static cost of a rule.
pub const NODES_MAX: usize = 256;
/// Deepest nesting of one expression.
pub const DEPTH_MAX: usize = 32;

/// A checked condition, ready to be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    tree: typed::Bool,
    cost: usize,
}

/// Why an expression is not accepted. Line and column count from 1 within the expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExpressionError {
    pub line: usize,
    pub column: usize,
    pub message: String,
}

impl Condition {
    /// Reads and checks an expression; it must be of type bool.
    pub fn compile(text: &str) -> Result<Self, ExpressionError> {
        let located = |at: usize, message: String| {
            let (line, column) = position(text, at);
            ExpressionError { line, column, message }
        };
        if text.len() > EXPRESSION_BYTES_MAX {
            let message =
                format!("holds {} bytes, the limit is {EXPRESSION_BYTES_MAX}", text.len());
            return Err(located(0, message));
        }
        let parsed = parse::parse(text).map_err(|fault| located(fault.at, fault.message))?;
        let cost = parsed.node_count();
        if cost > NODES_MAX {
            return Err(located(0, format!("holds {cost} parts, the limit is {NODES_MAX}")));
        }
        let tree = check::condition(&parsed).map_err(|fault| located(fault.at, fault.message))?;
        Ok(Self { tree, cost })
    }

    /// Whether the condition holds for these facts.
    pub fn eval(&self, facts: &Facts) -> Truth {
        eval::truth(&self.tree, facts)
    }

    /// Nodes of the expression: its static cost.
    pub fn cost(&self) -> usize {
        self.cost
    }

    /// The facts the condition reads, each once, in the order they are first read.
    pub fn facts(&self) -> Vec<Fact> {
        typed::facts_of(&self.tree)
    }
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
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests;
