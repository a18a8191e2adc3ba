//! Types: the tree as written into the typed tree, or a fault that says what does not fit.

mod call;
mod operator;

use innerwall_features::{Fact, FactType};

use super::ast::{Kind, Node};
use super::scope::Scope;
use super::typed::{Bool, Int, Source, Text};
use super::{Fault, fold};

pub(super) use call::FUNCTIONS;

/// A node whose type is known.
enum Typed {
    Bool(Bool),
    Int(Int),
    Text(Text),
    Texts(Fact),
}

/// A list that an expression names, and the byte where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListName {
    pub(super) at: usize,
    pub(super) name: String,
}

/// Checks one expression.
pub(super) struct Checker<'s> {
    scope: Scope<'s>,
    pub(super) lists: Vec<ListName>,
    pub(super) patterns: usize,
}

impl<'s> Checker<'s> {
    pub(super) fn new(scope: Scope<'s>) -> Self {
        Self { scope, lists: Vec::new(), patterns: 0 }
    }

    pub(super) fn bool(&mut self, node: &Node, whose: &str) -> Result<Bool, Fault> {
        match self.typed(node)? {
            Typed::Bool(tree) => Ok(tree),
            other @ (Typed::Int(_) | Typed::Text(_) | Typed::Texts(_)) => {
                Err(wrong(node.at, whose, "bool", &other))
            }
        }
    }

    pub(super) fn int(&mut self, node: &Node, whose: &str) -> Result<Int, Fault> {
        match self.typed(node)? {
            Typed::Int(tree) => Ok(tree),
            other @ (Typed::Bool(_) | Typed::Text(_) | Typed::Texts(_)) => {
                Err(wrong(node.at, whose, "int", &other))
            }
        }
    }

    fn text(&mut self, node: &Node, whose: &str) -> Result<Text, Fault> {
        match self.typed(node)? {
            Typed::Text(tree) => Ok(tree),
            other @ (Typed::Bool(_) | Typed::Int(_) | Typed::Texts(_)) => {
                Err(wrong(node.at, whose, "text", &other))
            }
        }
    }

    fn typed(&mut self, node: &Node) -> Result<Typed, Fault> {
        match &node.kind {
            Kind::Bool(value) => Ok(Typed::Bool(Bool::Constant(*value))),
            Kind::Int(number) => Ok(Typed::Int(Int::Constant(*number))),
            Kind::Text(text) => Ok(Typed::Text(Text::Constant(text.as_str().into()))),
            Kind::List(_) => Err(Fault::new(
                node.at,
                "a list is only allowed after `in` and in `sets.intersects`",
            )),
            Kind::Name(name) => self.scope.find(node.at, name).map(named),
            Kind::Call(function, arguments) => self.call(node.at, function, arguments),
            Kind::Not(inner) => Ok(Typed::Bool(fold::not(self.bool(inner, "`!`")?))),
            Kind::Negate(inner) => Ok(Typed::Int(fold::negate(self.int(inner, "`-`")?))),
            Kind::Binary(operator, left, right) => self.binary(node.at, *operator, left, right),
            Kind::Choose(condition, chosen, other) => {
                self.choose(node.at, condition, chosen, other)
            }
        }
    }

    fn choose(
        &mut self,
        at: usize,
        condition: &Node,
        chosen: &Node,
        other: &Node,
    ) -> Result<Typed, Fault> {
        let condition = self.bool(condition, "`?`")?;
        match (self.typed(chosen)?, self.typed(other)?) {
            (Typed::Bool(chosen), Typed::Bool(other)) => {
                Ok(Typed::Bool(fold::choose(condition, chosen, other, Bool::Choose)))
            }
            (Typed::Int(chosen), Typed::Int(other)) => {
                Ok(Typed::Int(fold::choose(condition, chosen, other, Int::Choose)))
            }
            (Typed::Text(chosen), Typed::Text(other)) => {
                Ok(Typed::Text(fold::choose(condition, chosen, other, Text::Choose)))
            }
            (chosen, other) => {
                let (chosen, other) = (type_name(&chosen), type_name(&other));
                let message = format!("`?` cannot choose between {chosen} and {other}");
                Err(Fault::new(at, message))
            }
        }
    }
}

fn named(source: Source) -> Typed {
    match source {
        Source::Window(window) => Typed::Int(Int::Window(window)),
        Source::Custom(name) => Typed::Text(Text::Custom(name)),
        Source::Fact(fact) => match fact.def().kind {
            FactType::Bool => Typed::Bool(Bool::Fact(fact)),
            FactType::Int => Typed::Int(Int::Fact(fact)),
            FactType::Text => Typed::Text(Text::Fact(fact)),
            FactType::Texts => Typed::Texts(fact),
        },
    }
}

fn type_name(typed: &Typed) -> &'static str {
    match typed {
        Typed::Bool(_) => "bool",
        Typed::Int(_) => "int",
        Typed::Text(_) => "text",
        Typed::Texts(_) => "a set of texts",
    }
}

fn wrong(at: usize, whose: &str, needed: &str, found: &Typed) -> Fault {
    Fault::new(at, format!("{whose} needs {needed}, this is {}", type_name(found)))
}
