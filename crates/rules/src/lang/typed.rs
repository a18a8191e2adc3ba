//! The typed tree: facts are slots, every operator knows its operand types.

use std::sync::Arc;

use innerwall_features::Fact;

use super::pattern::Pattern;

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

/// How a text is looked up in a list of the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lookup {
    /// The text is an entry.
    Exact,
    /// The text holds an entry.
    Part,
}

/// A window of the pack: its place among the pack's windows, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WindowRef {
    pub(crate) number: u16,
    pub(crate) name: Arc<str>,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Fact(Fact),
    Window(WindowRef),
    Custom(Arc<str>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Bool {
    Constant(bool),
    Fact(Fact),
    /// Whether the value is known.
    Has(Source),
    Not(Box<Bool>),
    And(Box<Bool>, Box<Bool>),
    Or(Box<Bool>, Box<Bool>),
    Same(Box<Bool>, Box<Bool>),
    Choose(Box<Bool>, Box<Bool>, Box<Bool>),
    CompareInt(Order, Int, Int),
    CompareText(Order, Text, Text),
    InInts(Int, Vec<i64>),
    InTexts(Text, Vec<Box<str>>),
    /// Whether a text is in a fact that is a set of texts.
    InFact(Text, Fact),
    /// Whether a fact that is a set of texts holds one of these.
    Intersects(Fact, Vec<Box<str>>),
    Search(Search, Text, Text),
    Matches(Text, Pattern),
    InList(Lookup, Text, Box<str>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Int {
    Constant(i64),
    Fact(Fact),
    Window(WindowRef),
    Negate(Box<Int>),
    Arithmetic(Arithmetic, Box<Int>, Box<Int>),
    Choose(Box<Bool>, Box<Int>, Box<Int>),
    /// Length of a text in characters.
    Size(Text),
    /// Number of texts in a set.
    SizeOfSet(Fact),
    /// The number a text spells.
    Parsed(Text),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Text {
    Constant(Box<str>),
    Fact(Fact),
    Custom(Arc<str>),
    /// The text with A to Z in lower case.
    Lower(Box<Text>),
    Choose(Box<Bool>, Box<Text>, Box<Text>),
}
