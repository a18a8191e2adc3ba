//! Types: the tree as written into the typed tree, or a fault that says what does not fit.

use innerwall_features::{Fact, FactType};

use super::Fault;
use super::ast::{Binary, Kind, Node};
use super::suggest::unknown_fact;
use super::typed::{Arithmetic, Bool, Int, Order, Search, Text};

/// A node whose type is known.
enum Typed {
    Bool(Bool),
    Int(Int),
    Text(Text),
    Texts(Fact),
}

const FUNCTIONS: &str =
    "has(fact), size(text), text.contains(text), text.startsWith(text), text.endsWith(text)";

/// Checks a whole condition: it must be of type bool.
pub(super) fn condition(node: &Node) -> Result<Bool, Fault> {
    bool_of(node, "a condition")
}

fn typed(node: &Node) -> Result<Typed, Fault> {
    match &node.kind {
        Kind::Bool(value) => Ok(Typed::Bool(Bool::Constant(*value))),
        Kind::Int(number) => Ok(Typed::Int(Int::Constant(*number))),
        Kind::Text(text) => Ok(Typed::Text(Text::Constant(text.as_str().into()))),
        Kind::List(_) => Err(Fault::new(node.at, "a list is only allowed after `in`")),
        Kind::Name(name) => fact(node.at, name).map(fact_node),
        Kind::Call(function, arguments) => call(node.at, function, arguments),
        Kind::Not(inner) => Ok(Typed::Bool(Bool::Not(Box::new(bool_of(inner, "`!`")?)))),
        Kind::Negate(inner) => Ok(Typed::Int(Int::Negate(Box::new(int_of(inner, "`-`")?)))),
        Kind::Binary(operator, left, right) => binary(node.at, *operator, left, right),
    }
}

fn fact(at: usize, name: &str) -> Result<Fact, Fault> {
    Fact::named(name).ok_or_else(|| Fault::new(at, unknown_fact(name)))
}

fn fact_node(fact: Fact) -> Typed {
    match fact.def().kind {
        FactType::Bool => Typed::Bool(Bool::Fact(fact)),
        FactType::Int => Typed::Int(Int::Fact(fact)),
        FactType::Text => Typed::Text(Text::Fact(fact)),
        FactType::Texts => Typed::Texts(fact),
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

fn bool_of(node: &Node, whose: &str) -> Result<Bool, Fault> {
    match typed(node)? {
        Typed::Bool(tree) => Ok(tree),
        other @ (Typed::Int(_) | Typed::Text(_) | Typed::Texts(_)) => {
            Err(wrong(node.at, whose, "bool", &other))
        }
    }
}

fn int_of(node: &Node, whose: &str) -> Result<Int, Fault> {
    match typed(node)? {
        Typed::Int(tree) => Ok(tree),
        other @ (Typed::Bool(_) | Typed::Text(_) | Typed::Texts(_)) => {
            Err(wrong(node.at, whose, "int", &other))
        }
    }
}

fn text_of(node: &Node, whose: &str) -> Result<Text, Fault> {
    match typed(node)? {
        Typed::Text(tree) => Ok(tree),
        other @ (Typed::Bool(_) | Typed::Int(_) | Typed::Texts(_)) => {
            Err(wrong(node.at, whose, "text", &other))
        }
    }
}

fn binary(at: usize, operator: Binary, left: &Node, right: &Node) -> Result<Typed, Fault> {
    let whose = format!("`{}`", operator.sign());
    let order = match operator {
        Binary::And | Binary::Or => {
            let (left, right) =
                (Box::new(bool_of(left, &whose)?), Box::new(bool_of(right, &whose)?));
            let is_and = operator == Binary::And;
            return Ok(Typed::Bool(if is_and {
                Bool::And(left, right)
            } else {
                Bool::Or(left, right)
            }));
        }
        Binary::In => return membership(left, right).map(Typed::Bool),
        Binary::Add => return arithmetic(Arithmetic::Add, &whose, left, right),
        Binary::Subtract => return arithmetic(Arithmetic::Subtract, &whose, left, right),
        Binary::Multiply => return arithmetic(Arithmetic::Multiply, &whose, left, right),
        Binary::Divide => return arithmetic(Arithmetic::Divide, &whose, left, right),
        Binary::Remainder => return arithmetic(Arithmetic::Remainder, &whose, left, right),
        Binary::Equal => Order::Equal,
        Binary::NotEqual => Order::NotEqual,
        Binary::Less => Order::Less,
        Binary::LessOrEqual => Order::LessOrEqual,
        Binary::Greater => Order::Greater,
        Binary::GreaterOrEqual => Order::GreaterOrEqual,
    };
    comparison(at, order, &whose, left, right).map(Typed::Bool)
}

fn arithmetic(
    operation: Arithmetic,
    whose: &str,
    left: &Node,
    right: &Node,
) -> Result<Typed, Fault> {
    let (left, right) = (int_of(left, whose)?, int_of(right, whose)?);
    Ok(Typed::Int(Int::Arithmetic(operation, Box::new(left), Box::new(right))))
}

fn comparison(
    at: usize,
    order: Order,
    whose: &str,
    left: &Node,
    right: &Node,
) -> Result<Bool, Fault> {
    let is_equality = matches!(order, Order::Equal | Order::NotEqual);
    match (typed(left)?, typed(right)?) {
        (Typed::Int(left), Typed::Int(right)) => Ok(Bool::CompareInt(order, left, right)),
        (Typed::Text(left), Typed::Text(right)) if is_equality => {
            Ok(Bool::CompareText(order, left, right))
        }
        (Typed::Bool(left), Typed::Bool(right)) if is_equality => {
            let same = Bool::Same(Box::new(left), Box::new(right));
            Ok(if order == Order::Equal { same } else { Bool::Not(Box::new(same)) })
        }
        (left, right) => Err(Fault::new(
            at,
            format!("{whose} cannot compare {} with {}", type_name(&left), type_name(&right)),
        )),
    }
}

fn membership(value: &Node, list: &Node) -> Result<Bool, Fault> {
    if let Kind::Name(_) = &list.kind
        && let Typed::Texts(fact) = typed(list)?
    {
        return Ok(Bool::InFact(text_of(value, "`in`")?, fact));
    }
    let Kind::List(items) = &list.kind else {
        return Err(Fault::new(list.at, "`in` needs a list such as [\"a\", \"b\"]"));
    };
    match typed(value)? {
        Typed::Int(value) => {
            let number = |item: &Node| {
                let fault = || Fault::new(item.at, "this list may only hold whole numbers");
                if let Kind::Int(number) = item.kind { Ok(number) } else { Err(fault()) }
            };
            Ok(Bool::InInts(value, items.iter().map(number).collect::<Result<_, _>>()?))
        }
        Typed::Text(value) => {
            let text = |item: &Node| {
                let fault = || Fault::new(item.at, "this list may only hold texts");
                if let Kind::Text(text) = &item.kind {
                    Ok(text.as_str().into())
                } else {
                    Err(fault())
                }
            };
            Ok(Bool::InTexts(value, items.iter().map(text).collect::<Result<_, _>>()?))
        }
        other @ (Typed::Bool(_) | Typed::Texts(_)) => {
            Err(wrong(value.at, "`in`", "int or text", &other))
        }
    }
}

fn call(at: usize, function: &str, arguments: &[Node]) -> Result<Typed, Fault> {
    let search = match function {
        "has" => return has(at, arguments).map(Typed::Bool),
        "size" => {
            let [text] = arguments else {
                return Err(arity(at, "size", 1, arguments.len()));
            };
            return Ok(Typed::Int(Int::Size(text_of(text, "`size`")?)));
        }
        "contains" => Search::Contains,
        "startsWith" => Search::StartsWith,
        "endsWith" => Search::EndsWith,
        other => {
            let message = format!("unknown function `{other}`, known are {FUNCTIONS}");
            return Err(Fault::new(at, message));
        }
    };
    let [text, part] = arguments else {
        return Err(arity(at, function, 2, arguments.len()));
    };
    let whose = format!("`{function}`");
    Ok(Typed::Bool(Bool::Search(search, text_of(text, &whose)?, text_of(part, &whose)?)))
}

fn has(at: usize, arguments: &[Node]) -> Result<Bool, Fault> {
    match arguments {
        [Node { at, kind: Kind::Name(name) }] => Ok(Bool::Has(fact(*at, name)?)),
        [other] => Err(Fault::new(other.at, "`has` needs the name of a fact")),
        _ => Err(arity(at, "has", 1, arguments.len())),
    }
}

fn arity(at: usize, function: &str, needed: usize, found: usize) -> Fault {
    Fault::new(at, format!("`{function}` needs {needed} operands, found {found}"))
}
