//! Visiting every node of a typed tree: what it reads and what it costs.

use std::sync::Arc;

use innerwall_features::Fact;

use super::typed::{Bool, Int, Source, Text, WindowRef};

/// Something a condition reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    Fact(Fact),
    /// A window of the same pack, by name.
    Window(Arc<str>),
    /// A custom field of the event, by name.
    Custom(Arc<str>),
    /// A list of the tenant, by name.
    List(Arc<str>),
}

#[derive(Clone, Copy)]
pub(super) enum Part<'t> {
    Bool(&'t Bool),
    Int(&'t Int),
    Text(&'t Text),
}

/// Everything a tree reads, each once, in reading order.
pub(super) fn reads_of(tree: Part<'_>) -> Vec<Read> {
    let mut found = Vec::new();
    each(tree, &mut |part| {
        let read = match part {
            Part::Bool(tree) => read_by_bool(tree),
            Part::Int(Int::Fact(fact) | Int::SizeOfSet(fact)) | Part::Text(Text::Fact(fact)) => {
                Some(Read::Fact(*fact))
            }
            Part::Int(Int::Window(window)) => Some(Read::Window(Arc::clone(&window.name))),
            Part::Text(Text::Custom(name)) => Some(Read::Custom(Arc::clone(name))),
            Part::Int(_) | Part::Text(_) => None,
        };
        found.extend(read.filter(|read| !found.contains(read)));
    });
    found
}

/// Windows a tree reads, with repetitions.
pub(super) fn windows_of(tree: Part<'_>) -> Vec<WindowRef> {
    let mut found = Vec::new();
    each(tree, &mut |part| match part {
        Part::Int(Int::Window(window)) | Part::Bool(Bool::Has(Source::Window(window))) => {
            found.push(window.clone());
        }
        Part::Bool(_) | Part::Int(_) | Part::Text(_) => {}
    });
    found
}

/// The texts that a tree looks for in a fact that is a set.
pub(super) fn sought_in(tree: Part<'_>, set: Fact) -> Vec<Box<str>> {
    let mut found = Vec::new();
    each(tree, &mut |part| match part {
        Part::Bool(Bool::InFact(Text::Constant(text), fact)) if *fact == set => {
            found.push(text.clone());
        }
        Part::Bool(Bool::Intersects(fact, texts)) if *fact == set => found.extend_from_slice(texts),
        Part::Bool(_) | Part::Int(_) | Part::Text(_) => {}
    });
    found
}

fn read_by_bool(tree: &Bool) -> Option<Read> {
    match tree {
        Bool::Fact(fact) | Bool::InFact(_, fact) | Bool::Intersects(fact, _) => {
            Some(Read::Fact(*fact))
        }
        Bool::Has(Source::Fact(fact)) => Some(Read::Fact(*fact)),
        Bool::Has(Source::Window(window)) => Some(Read::Window(Arc::clone(&window.name))),
        Bool::Has(Source::Custom(name)) => Some(Read::Custom(Arc::clone(name))),
        Bool::InList(_, _, list) => Some(Read::List(list.as_ref().into())),
        Bool::Constant(_)
        | Bool::Not(_)
        | Bool::And(..)
        | Bool::Or(..)
        | Bool::Same(..)
        | Bool::Choose(..)
        | Bool::CompareInt(..)
        | Bool::CompareText(..)
        | Bool::InInts(..)
        | Bool::InTexts(..)
        | Bool::Search(..)
        | Bool::Matches(..) => None,
    }
}

/// Calls a function for every node, operands in reading order before what follows them.
pub(super) fn each<'t>(part: Part<'t>, visit: &mut dyn FnMut(Part<'t>)) {
    match part {
        Part::Bool(tree) => each_below_bool(tree, visit),
        Part::Int(tree) => each_below_int(tree, visit),
        Part::Text(Text::Lower(inner)) => each(Part::Text(inner), visit),
        Part::Text(Text::Choose(condition, chosen, other)) => {
            each(Part::Bool(condition), visit);
            each(Part::Text(chosen), visit);
            each(Part::Text(other), visit);
        }
        Part::Text(Text::Constant(_) | Text::Fact(_) | Text::Custom(_)) => {}
    }
    visit(part);
}

fn each_below_bool<'t>(tree: &'t Bool, visit: &mut dyn FnMut(Part<'t>)) {
    match tree {
        Bool::Constant(_) | Bool::Fact(_) | Bool::Has(_) | Bool::Intersects(..) => {}
        Bool::Not(inner) => each(Part::Bool(inner), visit),
        Bool::And(left, right) | Bool::Or(left, right) | Bool::Same(left, right) => {
            each(Part::Bool(left), visit);
            each(Part::Bool(right), visit);
        }
        Bool::Choose(condition, chosen, other) => {
            for tree in [condition, chosen, other] {
                each(Part::Bool(tree), visit);
            }
        }
        Bool::CompareInt(_, left, right) => {
            each(Part::Int(left), visit);
            each(Part::Int(right), visit);
        }
        Bool::CompareText(_, left, right) | Bool::Search(_, left, right) => {
            each(Part::Text(left), visit);
            each(Part::Text(right), visit);
        }
        Bool::InInts(value, _) => each(Part::Int(value), visit),
        Bool::InTexts(value, _)
        | Bool::InFact(value, _)
        | Bool::Matches(value, _)
        | Bool::InList(_, value, _) => each(Part::Text(value), visit),
    }
}

fn each_below_int<'t>(tree: &'t Int, visit: &mut dyn FnMut(Part<'t>)) {
    match tree {
        Int::Constant(_) | Int::Fact(_) | Int::Window(_) | Int::SizeOfSet(_) => {}
        Int::Negate(inner) => each(Part::Int(inner), visit),
        Int::Arithmetic(_, left, right) => {
            each(Part::Int(left), visit);
            each(Part::Int(right), visit);
        }
        Int::Choose(condition, chosen, other) => {
            each(Part::Bool(condition), visit);
            each(Part::Int(chosen), visit);
            each(Part::Int(other), visit);
        }
        Int::Size(text) | Int::Parsed(text) => each(Part::Text(text), visit),
    }
}
