//! Walking the typed tree. Unknown facts make unknown results, never silent zeros.

use innerwall_features::{Fact, Facts, Value};

use super::typed::{Arithmetic, Bool, Int, Order, Search, Text};

/// What kept a condition from being decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// This fact is not known.
    Fact(Fact),
    /// Division by zero or a result beyond 64 bits.
    Arithmetic,
}

/// The outcome of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    True,
    False,
    Unknown(Missing),
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

type Known<T> = Result<T, Missing>;

pub(super) fn truth(tree: &Bool, facts: &Facts) -> Truth {
    match tree {
        Bool::And(left, right) => both(truth(left, facts), || truth(right, facts)),
        Bool::Or(left, right) => either(truth(left, facts), || truth(right, facts)),
        Bool::Not(inner) => match truth(inner, facts) {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            unknown @ Truth::Unknown(_) => unknown,
        },
        Bool::Has(fact) => Truth::from(*facts.get(*fact) != Value::Unknown),
        Bool::Constant(_)
        | Bool::Fact(_)
        | Bool::Same(..)
        | Bool::CompareInt(..)
        | Bool::CompareText(..)
        | Bool::InInts(..)
        | Bool::InTexts(..)
        | Bool::InFact(..)
        | Bool::Search(..) => plain(tree, facts).map_or_else(Truth::Unknown, Truth::from),
    }
}

/// A false side decides even when the other is unknown.
fn both(left: Truth, right: impl FnOnce() -> Truth) -> Truth {
    match left {
        Truth::False => Truth::False,
        Truth::True => right(),
        Truth::Unknown(_) => match right() {
            Truth::False => Truth::False,
            Truth::True | Truth::Unknown(_) => left,
        },
    }
}

/// A true side decides even when the other is unknown.
fn either(left: Truth, right: impl FnOnce() -> Truth) -> Truth {
    match left {
        Truth::True => Truth::True,
        Truth::False => right(),
        Truth::Unknown(_) => match right() {
            Truth::True => Truth::True,
            Truth::False | Truth::Unknown(_) => left,
        },
    }
}

fn plain(tree: &Bool, facts: &Facts) -> Known<bool> {
    match tree {
        Bool::Constant(holds) => Ok(*holds),
        Bool::Fact(fact) => match facts.get(*fact) {
            Value::Bool(holds) => Ok(*holds),
            Value::Unknown | Value::Int(_) | Value::Text(_) | Value::Texts(_) => {
                Err(Missing::Fact(*fact))
            }
        },
        Bool::Same(left, right) => Ok(known(left, facts)? == known(right, facts)?),
        Bool::CompareInt(order, left, right) => {
            Ok(ordered(*order, int(left, facts)?.cmp(&int(right, facts)?)))
        }
        Bool::CompareText(order, left, right) => {
            Ok(ordered(*order, text(left, facts)?.cmp(text(right, facts)?)))
        }
        Bool::InInts(value, list) => Ok(list.contains(&int(value, facts)?)),
        Bool::InTexts(value, list) => {
            let value = text(value, facts)?;
            Ok(list.iter().any(|item| **item == *value))
        }
        Bool::InFact(value, fact) => match facts.get(*fact) {
            Value::Texts(texts) => {
                let value = text(value, facts)?;
                Ok(texts.iter().any(|item| **item == *value))
            }
            Value::Unknown | Value::Bool(_) | Value::Int(_) | Value::Text(_) => {
                Err(Missing::Fact(*fact))
            }
        },
        Bool::Search(search, value, part) => {
            Ok(found(*search, text(value, facts)?, text(part, facts)?))
        }
        Bool::Has(_) | Bool::Not(_) | Bool::And(..) | Bool::Or(..) => known(tree, facts),
    }
}

fn known(tree: &Bool, facts: &Facts) -> Known<bool> {
    match truth(tree, facts) {
        Truth::True => Ok(true),
        Truth::False => Ok(false),
        Truth::Unknown(missing) => Err(missing),
    }
}

fn ordered(order: Order, found: std::cmp::Ordering) -> bool {
    match order {
        Order::Less => found.is_lt(),
        Order::LessOrEqual => found.is_le(),
        Order::Greater => found.is_gt(),
        Order::GreaterOrEqual => found.is_ge(),
        Order::Equal => found.is_eq(),
        Order::NotEqual => found.is_ne(),
    }
}

fn found(search: Search, text: &str, part: &str) -> bool {
    match search {
        Search::Contains => text.contains(part),
        Search::StartsWith => text.starts_with(part),
        Search::EndsWith => text.ends_with(part),
    }
}

fn int(tree: &Int, facts: &Facts) -> Known<i64> {
    match tree {
        Int::Constant(number) => Ok(*number),
        Int::Fact(fact) => match facts.get(*fact) {
            Value::Int(number) => Ok(*number),
            Value::Unknown | Value::Bool(_) | Value::Text(_) | Value::Texts(_) => {
                Err(Missing::Fact(*fact))
            }
        },
        Int::Negate(inner) => int(inner, facts)?.checked_neg().ok_or(Missing::Arithmetic),
        Int::Arithmetic(operation, left, right) => {
            let (left, right) = (int(left, facts)?, int(right, facts)?);
            let result = match operation {
                Arithmetic::Add => left.checked_add(right),
                Arithmetic::Subtract => left.checked_sub(right),
                Arithmetic::Multiply => left.checked_mul(right),
                Arithmetic::Divide => left.checked_div(right),
                Arithmetic::Remainder => left.checked_rem(right),
            };
            result.ok_or(Missing::Arithmetic)
        }
        Int::Size(value) => {
            let characters = text(value, facts)?.chars().count();
            i64::try_from(characters).map_err(|_| Missing::Arithmetic)
        }
    }
}

fn text<'v>(tree: &'v Text, facts: &'v Facts) -> Known<&'v str> {
    match tree {
        Text::Constant(text) => Ok(text),
        Text::Fact(fact) => match facts.get(*fact) {
            Value::Text(text) => Ok(text),
            Value::Unknown | Value::Bool(_) | Value::Int(_) | Value::Texts(_) => {
                Err(Missing::Fact(*fact))
            }
        },
    }
}
