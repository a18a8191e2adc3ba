//! For which event types a condition can be true, read off the condition itself.

use std::collections::BTreeSet;

use innerwall_features::Fact;

use super::typed::{Bool, Order, Text};

/// A set of event types. Producers name types of their own, so most sets are open.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Types {
    Only(BTreeSet<String>),
    AllBut(BTreeSet<String>),
}

/// The event types for which a condition can be true; `None` means any.
pub(super) fn event_types_of(tree: &Bool) -> Option<BTreeSet<String>> {
    match possible(tree, true) {
        Types::Only(types) => Some(types),
        Types::AllBut(_) => None,
    }
}

/// The types for which a condition can be `outcome`.
fn possible(tree: &Bool, outcome: bool) -> Types {
    match tree {
        Bool::Constant(holds) if *holds == outcome => Types::any(),
        Bool::Constant(_) => Types::none(),
        Bool::Not(inner) => possible(inner, !outcome),
        Bool::And(left, right) if outcome => possible(left, true).both(possible(right, true)),
        Bool::And(left, right) => possible(left, false).either(possible(right, false)),
        Bool::Or(left, right) if outcome => possible(left, true).either(possible(right, true)),
        Bool::Or(left, right) => possible(left, false).both(possible(right, false)),
        Bool::Choose(condition, chosen, other) => {
            let chosen = possible(condition, true).both(possible(chosen, outcome));
            chosen.either(possible(condition, false).both(possible(other, outcome)))
        }
        Bool::CompareText(order, Text::Fact(Fact::EventType), Text::Constant(name))
        | Bool::CompareText(order, Text::Constant(name), Text::Fact(Fact::EventType)) => {
            Types::named([name], (*order == Order::Equal) == outcome)
        }
        Bool::InTexts(Text::Fact(Fact::EventType), names) => Types::named(names, outcome),
        Bool::Fact(_)
        | Bool::Has(_)
        | Bool::Same(..)
        | Bool::CompareInt(..)
        | Bool::CompareText(..)
        | Bool::InInts(..)
        | Bool::InTexts(..)
        | Bool::InFact(..)
        | Bool::Intersects(..)
        | Bool::Search(..)
        | Bool::Matches(..)
        | Bool::InList(..) => Types::any(),
    }
}

impl Types {
    fn any() -> Self {
        Self::AllBut(BTreeSet::new())
    }

    fn none() -> Self {
        Self::Only(BTreeSet::new())
    }

    fn named<'n>(names: impl IntoIterator<Item = &'n Box<str>>, is_one_of: bool) -> Self {
        let names = names.into_iter().map(ToString::to_string).collect();
        if is_one_of { Self::Only(names) } else { Self::AllBut(names) }
    }

    fn both(self, other: Self) -> Self {
        match (self, other) {
            (Self::Only(left), Self::Only(right)) => Self::Only(&left & &right),
            (Self::Only(only), Self::AllBut(not)) | (Self::AllBut(not), Self::Only(only)) => {
                Self::Only(&only - &not)
            }
            (Self::AllBut(left), Self::AllBut(right)) => Self::AllBut(&left | &right),
        }
    }

    fn either(self, other: Self) -> Self {
        match (self, other) {
            (Self::Only(left), Self::Only(right)) => Self::Only(&left | &right),
            (Self::Only(only), Self::AllBut(not)) | (Self::AllBut(not), Self::Only(only)) => {
                Self::AllBut(&not - &only)
            }
            (Self::AllBut(left), Self::AllBut(right)) => Self::AllBut(&left & &right),
        }
    }
}
