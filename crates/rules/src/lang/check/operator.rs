//! Operators.

use super::super::ast::{Binary, Kind, Node};
use super::super::typed::{Arithmetic, Bool, Order};
use super::super::{Fault, fold};
use super::{Checker, Typed, type_name, wrong};

impl Checker<'_> {
    pub(super) fn binary(
        &mut self,
        at: usize,
        operator: Binary,
        left: &Node,
        right: &Node,
    ) -> Result<Typed, Fault> {
        let whose = format!("`{}`", operator.sign());
        let order = match operator {
            Binary::And => {
                let (left, right) = (self.bool(left, &whose)?, self.bool(right, &whose)?);
                return Ok(Typed::Bool(fold::and(left, right)));
            }
            Binary::Or => {
                let (left, right) = (self.bool(left, &whose)?, self.bool(right, &whose)?);
                return Ok(Typed::Bool(fold::or(left, right)));
            }
            Binary::In => return self.membership(left, right).map(fold::plain).map(Typed::Bool),
            Binary::Add => return self.arithmetic(Arithmetic::Add, &whose, left, right),
            Binary::Subtract => return self.arithmetic(Arithmetic::Subtract, &whose, left, right),
            Binary::Multiply => return self.arithmetic(Arithmetic::Multiply, &whose, left, right),
            Binary::Divide => return self.arithmetic(Arithmetic::Divide, &whose, left, right),
            Binary::Remainder => {
                return self.arithmetic(Arithmetic::Remainder, &whose, left, right);
            }
            Binary::Equal => Order::Equal,
            Binary::NotEqual => Order::NotEqual,
            Binary::Less => Order::Less,
            Binary::LessOrEqual => Order::LessOrEqual,
            Binary::Greater => Order::Greater,
            Binary::GreaterOrEqual => Order::GreaterOrEqual,
        };
        let operands = (self.typed(left)?, self.typed(right)?);
        comparison(at, order, &whose, operands).map(Typed::Bool)
    }

    fn arithmetic(
        &mut self,
        operation: Arithmetic,
        whose: &str,
        left: &Node,
        right: &Node,
    ) -> Result<Typed, Fault> {
        let (left, right) = (self.int(left, whose)?, self.int(right, whose)?);
        Ok(Typed::Int(fold::arithmetic(operation, left, right)))
    }

    fn membership(&mut self, value: &Node, list: &Node) -> Result<Bool, Fault> {
        if let Kind::Name(_) = &list.kind
            && let Typed::Texts(fact) = self.typed(list)?
        {
            return Ok(Bool::InFact(self.text(value, "`in`")?, fact));
        }
        let Kind::List(items) = &list.kind else {
            return Err(Fault::new(
                list.at,
                "`in` needs a list such as [\"a\", \"b\"] or a set of texts",
            ));
        };
        match self.typed(value)? {
            Typed::Int(value) => Ok(Bool::InInts(value, numbers(items)?)),
            Typed::Text(value) => Ok(Bool::InTexts(value, texts(items)?)),
            other @ (Typed::Bool(_) | Typed::Texts(_)) => {
                Err(wrong(value.at, "`in`", "int or text", &other))
            }
        }
    }
}

fn numbers(items: &[Node]) -> Result<Vec<i64>, Fault> {
    let number = |item: &Node| {
        let inner = if let Kind::Negate(inner) = &item.kind { Some(inner) } else { None };
        let (sign, kind) = inner.map_or((1, &item.kind), |inner| (-1, &inner.kind));
        let Kind::Int(number) = kind else {
            return Err(Fault::new(item.at, "this list may only hold whole numbers"));
        };
        Ok(sign * number)
    };
    items.iter().map(number).collect()
}

/// The texts of a literal list.
pub(super) fn texts(items: &[Node]) -> Result<Vec<Box<str>>, Fault> {
    let text = |item: &Node| {
        let Kind::Text(text) = &item.kind else {
            return Err(Fault::new(item.at, "this list may only hold texts"));
        };
        Ok(text.as_str().into())
    };
    items.iter().map(text).collect()
}

fn comparison(
    at: usize,
    order: Order,
    whose: &str,
    operands: (Typed, Typed),
) -> Result<Bool, Fault> {
    let is_equality = matches!(order, Order::Equal | Order::NotEqual);
    match operands {
        (Typed::Int(left), Typed::Int(right)) => {
            Ok(fold::plain(Bool::CompareInt(order, left, right)))
        }
        (Typed::Text(left), Typed::Text(right)) if is_equality => {
            Ok(fold::plain(Bool::CompareText(order, left, right)))
        }
        (Typed::Bool(left), Typed::Bool(right)) if is_equality => {
            let same = fold::plain(Bool::Same(Box::new(left), Box::new(right)));
            Ok(if order == Order::Equal { same } else { fold::not(same) })
        }
        (left, right) => {
            let (left, right) = (type_name(&left), type_name(&right));
            Err(Fault::new(at, format!("{whose} cannot compare {left} with {right}")))
        }
    }
}
