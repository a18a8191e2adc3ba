//! One spelling for every expression that means the same after reading: blanks, quotes, brackets
//! and folded constants make no difference. The identity of a window is made from it.

use std::fmt::Write as _;

use super::typed::{Arithmetic, Bool, Int, Lookup, Order, Search, Source, Text};

/// Writes an expression in its one spelling.
#[derive(Default)]
pub(super) struct Canonical(pub(super) String);

impl Canonical {
    fn word(&mut self, word: &str) -> &mut Self {
        self.0.push_str(word);
        self
    }

    /// Lengths keep texts apart whatever they hold.
    fn quoted(&mut self, text: &str) -> &mut Self {
        write!(self.0, "{}:{text}", text.len()).expect("writing to a text cannot fail");
        self
    }

    fn number(&mut self, number: i64) -> &mut Self {
        write!(self.0, "{number}").expect("writing to a text cannot fail");
        self
    }

    fn source(&mut self, source: &Source) -> &mut Self {
        match source {
            Source::Fact(fact) => self.word(fact.def().name),
            Source::Window(window) => self.word(&window.name),
            Source::Custom(name) => self.word("custom.").word(name),
        }
    }

    fn items(&mut self, items: &[Box<str>]) -> &mut Self {
        for item in items {
            self.word(" ").quoted(item);
        }
        self
    }

    pub(super) fn bool(&mut self, tree: &Bool) -> &mut Self {
        self.word("(");
        match tree {
            Bool::Constant(holds) => self.word(if *holds { "true" } else { "false" }),
            Bool::Fact(fact) => self.word(fact.def().name),
            Bool::Has(source) => self.word("has ").source(source),
            Bool::Not(inner) => self.word("!").bool(inner),
            Bool::And(left, right) => self.word("&&").bool(left).bool(right),
            Bool::Or(left, right) => self.word("||").bool(left).bool(right),
            Bool::Same(left, right) => self.word("same").bool(left).bool(right),
            Bool::Choose(condition, chosen, other) => {
                self.word("?").bool(condition).bool(chosen).bool(other)
            }
            Bool::CompareInt(order, left, right) => self.word(sign(*order)).int(left).int(right),
            Bool::CompareText(order, left, right) => self.word(sign(*order)).text(left).text(right),
            Bool::InInts(value, items) => {
                self.word("in").int(value);
                for item in items {
                    self.word(" ").number(*item);
                }
                &mut *self
            }
            Bool::InTexts(value, items) => self.word("in").text(value).items(items),
            Bool::InFact(value, fact) => self.word("in").text(value).word(fact.def().name),
            Bool::Intersects(fact, items) => {
                self.word("intersects ").word(fact.def().name).items(items)
            }
            Bool::Search(search, value, part) => self.word(verb(*search)).text(value).text(part),
            Bool::Matches(value, pattern) => {
                self.word("matches").text(value).quoted(pattern.as_str())
            }
            Bool::InList(lookup, value, list) => {
                let verb = match lookup {
                    Lookup::Exact => "inList",
                    Lookup::Part => "containsAny",
                };
                self.word(verb).text(value).quoted(list)
            }
        };
        self.word(")")
    }

    pub(super) fn int(&mut self, tree: &Int) -> &mut Self {
        self.word("(");
        match tree {
            Int::Constant(number) => self.number(*number),
            Int::Fact(fact) => self.word(fact.def().name),
            Int::Window(window) => self.word(&window.name),
            Int::Negate(inner) => self.word("-").int(inner),
            Int::Arithmetic(operation, left, right) => {
                self.word(operator(*operation)).int(left).int(right)
            }
            Int::Choose(condition, chosen, other) => {
                self.word("?").bool(condition).int(chosen).int(other)
            }
            Int::Size(text) => self.word("size").text(text),
            Int::SizeOfSet(fact) => self.word("size ").word(fact.def().name),
            Int::Parsed(text) => self.word("int").text(text),
        };
        self.word(")")
    }

    fn text(&mut self, tree: &Text) -> &mut Self {
        self.word("(");
        match tree {
            Text::Constant(text) => self.quoted(text),
            Text::Fact(fact) => self.word(fact.def().name),
            Text::Custom(name) => self.word("custom.").word(name),
            Text::Lower(inner) => self.word("lower").text(inner),
            Text::Choose(condition, chosen, other) => {
                self.word("?").bool(condition).text(chosen).text(other)
            }
        };
        self.word(")")
    }
}

fn sign(order: Order) -> &'static str {
    match order {
        Order::Less => "<",
        Order::LessOrEqual => "<=",
        Order::Greater => ">",
        Order::GreaterOrEqual => ">=",
        Order::Equal => "==",
        Order::NotEqual => "!=",
    }
}

fn operator(operation: Arithmetic) -> &'static str {
    match operation {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
        Arithmetic::Remainder => "%",
    }
}

fn verb(search: Search) -> &'static str {
    match search {
        Search::Contains => "contains",
        Search::StartsWith => "startsWith",
        Search::EndsWith => "endsWith",
    }
}
