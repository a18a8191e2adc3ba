//! The typed tree: facts are slots, every operator knows its operand types.

use innerwall_features::Fact;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Search {
    Contains,
    StartsWith,
    EndsWith,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Bool {
    Constant(bool),
    Fact(Fact),
    /// Whether the fact is known.
    Has(Fact),
    Not(Box<Bool>),
    And(Box<Bool>, Box<Bool>),
    Or(Box<Bool>, Box<Bool>),
    Same(Box<Bool>, Box<Bool>),
    CompareInt(Order, Int, Int),
    CompareText(Order, Text, Text),
    InInts(Int, Vec<i64>),
    InTexts(Text, Vec<Box<str>>),
    /// Whether a text is in a fact that is a set of texts.
    InFact(Text, Fact),
    Search(Search, Text, Text),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Int {
    Constant(i64),
    Fact(Fact),
    Negate(Box<Int>),
    Arithmetic(Arithmetic, Box<Int>, Box<Int>),
    /// Length of a text in characters.
    Size(Text),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Text {
    Constant(Box<str>),
    Fact(Fact),
}

/// The facts a condition reads, each once, in reading order.
pub(super) fn facts_of(tree: &Bool) -> Vec<Fact> {
    let mut found = Vec::new();
    collect_bool(tree, &mut found);
    found
}

fn add(fact: Fact, found: &mut Vec<Fact>) {
    if !found.contains(&fact) {
        found.push(fact);
    }
}

fn collect_bool(tree: &Bool, found: &mut Vec<Fact>) {
    match tree {
        Bool::Constant(_) => {}
        Bool::Fact(fact) | Bool::Has(fact) => add(*fact, found),
        Bool::Not(inner) => collect_bool(inner, found),
        Bool::And(left, right) | Bool::Or(left, right) | Bool::Same(left, right) => {
            collect_bool(left, found);
            collect_bool(right, found);
        }
        Bool::CompareInt(_, left, right) => {
            collect_int(left, found);
            collect_int(right, found);
        }
        Bool::CompareText(_, left, right) | Bool::Search(_, left, right) => {
            collect_text(left, found);
            collect_text(right, found);
        }
        Bool::InInts(value, _) => collect_int(value, found),
        Bool::InTexts(value, _) => collect_text(value, found),
        Bool::InFact(value, fact) => {
            collect_text(value, found);
            add(*fact, found);
        }
    }
}

fn collect_int(tree: &Int, found: &mut Vec<Fact>) {
    match tree {
        Int::Constant(_) => {}
        Int::Fact(fact) => add(*fact, found),
        Int::Negate(inner) => collect_int(inner, found),
        Int::Arithmetic(_, left, right) => {
            collect_int(left, found);
            collect_int(right, found);
        }
        Int::Size(text) => collect_text(text, found),
    }
}

fn collect_text(tree: &Text, found: &mut Vec<Fact>) {
    match tree {
        Text::Constant(_) => {}
        Text::Fact(fact) => add(*fact, found),
    }
}
