//! Values that may decide a condition: those its facts are compared with, and their neighbours.
//! An explanation tries them to find the smallest change that flips a verdict.

use std::sync::Arc;

use innerwall_features::Value;

use super::typed::{Bool, Int, Text};
use super::walk::{Part, Read, each};

/// Values to try for what a tree reads, each once, in reading order.
pub(super) fn probes_of(tree: Part<'_>) -> Vec<(Read, Value)> {
    let mut found = Vec::new();
    each(tree, &mut |part| {
        let Part::Bool(tree) = part else { return };
        for probe in probes_of_node(tree) {
            if !found.contains(&probe) {
                found.push(probe);
            }
        }
    });
    found
}

fn probes_of_node(tree: &Bool) -> Vec<(Read, Value)> {
    match tree {
        Bool::Fact(fact) => {
            [true, false].map(|holds| (Read::Fact(*fact), Value::Bool(holds))).into()
        }
        Bool::CompareInt(_, value, Int::Constant(bound))
        | Bool::CompareInt(_, Int::Constant(bound), value) => {
            let near = [bound.saturating_sub(1), *bound, bound.saturating_add(1)];
            numbers(value, &near)
        }
        Bool::InInts(value, items) => numbers(value, items),
        Bool::CompareText(_, value, Text::Constant(wanted))
        | Bool::CompareText(_, Text::Constant(wanted), value)
        | Bool::Search(_, value, Text::Constant(wanted)) => texts(value, [wanted]),
        Bool::InTexts(value, items) => texts(value, items),
        Bool::InFact(Text::Constant(item), fact) => {
            let sets = [Value::Texts([item.clone()].into()), Value::Texts([].into())];
            sets.map(|set| (Read::Fact(*fact), set)).into()
        }
        Bool::Intersects(fact, items) => {
            let sets =
                [Value::Texts(items.iter().take(1).cloned().collect()), Value::Texts([].into())];
            sets.map(|set| (Read::Fact(*fact), set)).into()
        }
        Bool::Constant(_)
        | Bool::Has(_)
        | Bool::Not(_)
        | Bool::And(..)
        | Bool::Or(..)
        | Bool::Same(..)
        | Bool::Choose(..)
        | Bool::CompareInt(..)
        | Bool::CompareText(..)
        | Bool::InFact(..)
        | Bool::Search(..)
        | Bool::Matches(..)
        | Bool::InList(..) => Vec::new(),
    }
}

fn numbers(value: &Int, numbers: &[i64]) -> Vec<(Read, Value)> {
    let read = match value {
        Int::Fact(fact) => Read::Fact(*fact),
        Int::Window(window) => Read::Window(Arc::clone(&window.name)),
        Int::Constant(_)
        | Int::Negate(_)
        | Int::Arithmetic(..)
        | Int::Choose(..)
        | Int::Size(_)
        | Int::SizeOfSet(_)
        | Int::Parsed(_) => return Vec::new(),
    };
    numbers.iter().map(|number| (read.clone(), Value::Int(*number))).collect()
}

fn texts<'t>(value: &Text, texts: impl IntoIterator<Item = &'t Box<str>>) -> Vec<(Read, Value)> {
    let inner = if let Text::Lower(inner) = value { inner } else { value };
    let read = match inner {
        Text::Fact(fact) => Read::Fact(*fact),
        Text::Custom(name) => Read::Custom(Arc::clone(name)),
        Text::Constant(_) | Text::Lower(_) | Text::Choose(..) => return Vec::new(),
    };
    texts.into_iter().map(|text| (read.clone(), Value::Text(text.clone()))).collect()
}
