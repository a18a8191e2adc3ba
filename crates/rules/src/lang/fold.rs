//! Folding: what is decided before any event is decided once, when the rule is read.

use super::eval::{Walk, inputs_without_values};
use super::typed::{Arithmetic, Bool, Int, Text};

/// Both sides must hold. An undecided side that meets `true` stays what it is.
pub(super) fn and(left: Bool, right: Bool) -> Bool {
    match (left, right) {
        (Bool::Constant(false), _) | (_, Bool::Constant(false)) => Bool::Constant(false),
        (Bool::Constant(true), other) | (other, Bool::Constant(true)) => other,
        (left, right) => Bool::And(Box::new(left), Box::new(right)),
    }
}

/// One side must hold.
pub(super) fn or(left: Bool, right: Bool) -> Bool {
    match (left, right) {
        (Bool::Constant(true), _) | (_, Bool::Constant(true)) => Bool::Constant(true),
        (Bool::Constant(false), other) | (other, Bool::Constant(false)) => other,
        (left, right) => Bool::Or(Box::new(left), Box::new(right)),
    }
}

pub(super) fn not(inner: Bool) -> Bool {
    if let Bool::Constant(holds) = inner {
        return Bool::Constant(!holds);
    }
    if let Bool::Not(twice) = inner { *twice } else { Bool::Not(Box::new(inner)) }
}

/// A comparison or search of constants becomes its result.
pub(super) fn plain(tree: Bool) -> Bool {
    let is_constant = match &tree {
        Bool::CompareInt(_, left, right) => is_int(left) && is_int(right),
        Bool::CompareText(_, left, right) | Bool::Search(_, left, right) => {
            is_text(left) && is_text(right)
        }
        Bool::Same(left, right) => is_bool(left) && is_bool(right),
        Bool::InInts(value, _) => is_int(value),
        Bool::InTexts(value, _) | Bool::Matches(value, _) => is_text(value),
        Bool::Constant(_)
        | Bool::Fact(_)
        | Bool::Has(_)
        | Bool::Not(_)
        | Bool::And(..)
        | Bool::Or(..)
        | Bool::Choose(..)
        | Bool::InFact(..)
        | Bool::Intersects(..)
        | Bool::InList(..) => false,
    };
    let result = is_constant.then(|| {
        let inputs = inputs_without_values();
        Walk::new(&inputs, &[]).bool(&tree).ok()
    });
    result.flatten().map_or(tree, Bool::Constant)
}

/// Arithmetic of constants becomes its result; one without a result stays and is unknown.
pub(super) fn arithmetic(operation: Arithmetic, left: Int, right: Int) -> Int {
    let result = match (&left, &right) {
        (Int::Constant(left), Int::Constant(right)) => operation.of(*left, *right),
        _ => None,
    };
    let tree = || Int::Arithmetic(operation, Box::new(left), Box::new(right));
    result.map_or_else(tree, Int::Constant)
}

pub(super) fn negate(inner: Int) -> Int {
    let result = if let Int::Constant(number) = inner { number.checked_neg() } else { None };
    result.map_or_else(|| Int::Negate(Box::new(inner)), Int::Constant)
}

pub(super) fn lower(inner: Text) -> Text {
    if let Text::Constant(text) = inner {
        return Text::Constant(text.to_ascii_lowercase().into());
    }
    if let Text::Lower(_) = inner { inner } else { Text::Lower(Box::new(inner)) }
}

/// The side a constant condition chooses, or else the choice itself.
pub(super) fn choose<T>(
    condition: Bool,
    chosen: T,
    other: T,
    tree: fn(Box<Bool>, Box<T>, Box<T>) -> T,
) -> T {
    if let Bool::Constant(holds) = condition {
        return if holds { chosen } else { other };
    }
    tree(Box::new(condition), Box::new(chosen), Box::new(other))
}

fn is_bool(tree: &Bool) -> bool {
    matches!(tree, Bool::Constant(_))
}

fn is_int(tree: &Int) -> bool {
    matches!(tree, Int::Constant(_))
}

fn is_text(tree: &Text) -> bool {
    matches!(tree, Text::Constant(_))
}
