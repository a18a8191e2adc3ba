//! What evaluation costs, in steps. A step is about the time of comparing a fact with a number.
//!
//! Steps do not depend on the length of texts, so that the same event always costs the same and
//! replaying it skips the same rules.

use super::typed::{Bool, Int, Text};
use super::walk::{Part, each};

/// Running a pattern over a text.
const PATTERN: u32 = 32;
/// Searching a text for every entry of a list.
const PART_OF_LIST: u32 = 32;
/// Looking a text up in a list, or searching it for another.
const SEARCH: u32 = 4;
/// Items of a literal list that are compared in one step.
const ITEMS_PER_STEP: usize = 4;

/// Steps of evaluating everything: the static cost, which no evaluation exceeds.
pub(super) fn cost_of(tree: Part<'_>) -> u32 {
    let mut cost = 0_u32;
    each(tree, &mut |part| {
        cost = cost.saturating_add(match part {
            Part::Bool(tree) => bool_steps(tree),
            Part::Int(tree) => int_steps(tree),
            Part::Text(tree) => text_steps(tree),
        });
    });
    cost
}

/// Steps of a node without its operands.
#[inline]
pub(super) fn bool_steps(tree: &Bool) -> u32 {
    match tree {
        Bool::Matches(..) => PATTERN,
        Bool::InList(super::typed::Lookup::Part, ..) => PART_OF_LIST,
        Bool::InList(..) | Bool::Search(..) | Bool::InFact(..) => SEARCH,
        Bool::InInts(_, items) => items_steps(items.len()),
        Bool::InTexts(_, items) => items_steps(items.len()),
        Bool::Intersects(_, items) => SEARCH.saturating_mul(items_steps(items.len())),
        Bool::Constant(_)
        | Bool::Fact(_)
        | Bool::Has(_)
        | Bool::Not(_)
        | Bool::And(..)
        | Bool::Or(..)
        | Bool::Same(..)
        | Bool::Choose(..)
        | Bool::CompareInt(..)
        | Bool::CompareText(..) => 1,
    }
}

#[inline]
pub(super) fn int_steps(tree: &Int) -> u32 {
    match tree {
        Int::Constant(_) => 0,
        Int::Size(_) | Int::Parsed(_) => SEARCH,
        Int::Fact(_)
        | Int::Window(_)
        | Int::SizeOfSet(_)
        | Int::Negate(_)
        | Int::Arithmetic(..)
        | Int::Choose(..) => 1,
    }
}

#[inline]
pub(super) fn text_steps(tree: &Text) -> u32 {
    match tree {
        Text::Constant(_) => 0,
        Text::Lower(_) => SEARCH,
        Text::Fact(_) | Text::Custom(_) | Text::Choose(..) => 1,
    }
}

fn items_steps(items: usize) -> u32 {
    u32::try_from(1 + items / ITEMS_PER_STEP).unwrap_or(u32::MAX)
}
