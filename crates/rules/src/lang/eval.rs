//! Walking the typed tree. Unknown values make unknown results, never silent zeros.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use innerwall_features::{Fact, Facts, Value};

use super::cost::{bool_steps, int_steps, text_steps};
use super::inputs::Inputs;
use super::typed::{Arithmetic, Bool, Int, Lookup, Order, Search, Source, Text, WindowRef};

/// What kept a node from having a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap<'t> {
    Fact(Fact),
    Window(&'t Arc<str>),
    Custom(&'t Arc<str>),
    Arithmetic,
    Number,
}

pub(super) type Known<'t, T> = Result<T, Gap<'t>>;

static NO_FACTS: LazyLock<Facts> = LazyLock::new(Facts::default);

/// Inputs of an expression that reads nothing.
pub(super) fn inputs_without_values() -> Inputs<'static> {
    Inputs::of_facts(&NO_FACTS)
}

/// One evaluation: what it reads, and the steps it took so far.
pub(super) struct Walk<'a> {
    inputs: &'a Inputs<'a>,
    slots: &'a [u16],
    pub(super) steps: u32,
}

impl<'a> Walk<'a> {
    pub(super) fn new(inputs: &'a Inputs<'a>, slots: &'a [u16]) -> Self {
        Self { inputs, slots, steps: 0 }
    }

    pub(super) fn bool<'t>(&mut self, tree: &'t Bool) -> Known<'t, bool>
    where
        'a: 't,
    {
        self.steps += bool_steps(tree);
        match tree {
            Bool::Constant(holds) => Ok(*holds),
            Bool::Fact(fact) => {
                let Value::Bool(holds) = self.inputs.facts.get(*fact) else {
                    return Err(Gap::Fact(*fact));
                };
                Ok(*holds)
            }
            Bool::Has(source) => Ok(self.has(source)),
            Bool::Not(inner) => Ok(!self.bool(inner)?),
            Bool::And(left, right) => self.decided(left, right, false),
            Bool::Or(left, right) => self.decided(left, right, true),
            Bool::Same(left, right) => Ok(self.bool(left)? == self.bool(right)?),
            Bool::Choose(condition, chosen, other) => {
                if self.bool(condition)? {
                    self.bool(chosen)
                } else {
                    self.bool(other)
                }
            }
            Bool::CompareInt(order, left, right) => {
                Ok(order.holds(self.int(left)?.cmp(&self.int(right)?)))
            }
            Bool::InInts(value, list) => Ok(list.contains(&self.int(value)?)),
            Bool::Intersects(fact, list) => {
                let set = self.set(*fact)?;
                Ok(list.iter().any(|item| set.contains(item)))
            }
            Bool::CompareText(..)
            | Bool::InTexts(..)
            | Bool::InFact(..)
            | Bool::Search(..)
            | Bool::Matches(..)
            | Bool::InList(..) => self.about_text(tree),
        }
    }

    /// `&&` and `||`: a side that is `decides` decides, even when the other is unknown.
    fn decided<'t>(&mut self, left: &'t Bool, right: &'t Bool, decides: bool) -> Known<'t, bool>
    where
        'a: 't,
    {
        match self.bool(left) {
            Ok(holds) if holds == decides => Ok(holds),
            Ok(_) => self.bool(right),
            Err(gap) => match self.bool(right) {
                Ok(holds) if holds == decides => Ok(holds),
                _ => Err(gap),
            },
        }
    }

    fn about_text<'t>(&mut self, tree: &'t Bool) -> Known<'t, bool>
    where
        'a: 't,
    {
        match tree {
            Bool::CompareText(order, left, right) => {
                Ok(order.holds(self.text(left)?.cmp(&self.text(right)?)))
            }
            Bool::InTexts(value, list) => {
                let value = self.text(value)?;
                Ok(list.iter().any(|item| **item == *value))
            }
            Bool::InFact(value, fact) => {
                let value = self.text(value)?;
                Ok(self.set(*fact)?.iter().any(|item| **item == *value))
            }
            Bool::Search(search, value, part) => {
                Ok(search.finds(&self.text(value)?, &self.text(part)?))
            }
            Bool::Matches(value, pattern) => Ok(pattern.is_match(&self.text(value)?)),
            Bool::InList(lookup, value, list) => {
                let (value, lists, now) = (self.text(value)?, self.inputs.lists, self.inputs.now);
                Ok(match lookup {
                    Lookup::Exact => lists.has(list, &value, now),
                    Lookup::Part => lists.contains_any(list, &value, now),
                })
            }
            Bool::Constant(_)
            | Bool::Fact(_)
            | Bool::Has(_)
            | Bool::Not(_)
            | Bool::And(..)
            | Bool::Or(..)
            | Bool::Same(..)
            | Bool::Choose(..)
            | Bool::CompareInt(..)
            | Bool::InInts(..)
            | Bool::Intersects(..) => self.bool(tree),
        }
    }

    pub(super) fn int<'t>(&mut self, tree: &'t Int) -> Known<'t, i64>
    where
        'a: 't,
    {
        self.steps += int_steps(tree);
        match tree {
            Int::Constant(number) => Ok(*number),
            Int::Fact(fact) => {
                let Value::Int(number) = self.inputs.facts.get(*fact) else {
                    return Err(Gap::Fact(*fact));
                };
                Ok(*number)
            }
            Int::Window(window) => {
                let Some(Value::Int(number)) = self.window(window) else {
                    return Err(Gap::Window(&window.name));
                };
                Ok(*number)
            }
            Int::Negate(inner) => self.int(inner)?.checked_neg().ok_or(Gap::Arithmetic),
            Int::Arithmetic(operation, left, right) => {
                operation.of(self.int(left)?, self.int(right)?).ok_or(Gap::Arithmetic)
            }
            Int::Choose(condition, chosen, other) => {
                if self.bool(condition)? {
                    self.int(chosen)
                } else {
                    self.int(other)
                }
            }
            Int::Size(value) => {
                i64::try_from(self.text(value)?.chars().count()).map_err(|_| Gap::Arithmetic)
            }
            Int::SizeOfSet(fact) => {
                i64::try_from(self.set(*fact)?.len()).map_err(|_| Gap::Arithmetic)
            }
            Int::Parsed(value) => self.text(value)?.trim().parse().map_err(|_| Gap::Number),
        }
    }

    fn text<'t>(&mut self, tree: &'t Text) -> Known<'t, Cow<'t, str>>
    where
        'a: 't,
    {
        self.steps += text_steps(tree);
        match tree {
            Text::Constant(text) => Ok(Cow::Borrowed(text)),
            Text::Fact(fact) => {
                let Value::Text(text) = self.inputs.facts.get(*fact) else {
                    return Err(Gap::Fact(*fact));
                };
                Ok(Cow::Borrowed(text))
            }
            Text::Custom(name) => {
                self.inputs.custom.get(name).map(Cow::Borrowed).ok_or(Gap::Custom(name))
            }
            Text::Lower(inner) => self.text(inner).map(lower),
            Text::Choose(condition, chosen, other) => {
                if self.bool(condition)? {
                    self.text(chosen)
                } else {
                    self.text(other)
                }
            }
        }
    }

    fn set<'t>(&self, fact: Fact) -> Known<'t, &'a [Box<str>]> {
        let Value::Texts(texts) = self.inputs.facts.get(fact) else {
            return Err(Gap::Fact(fact));
        };
        Ok(texts)
    }

    fn window(&self, window: &WindowRef) -> Option<&'a Value> {
        let slot = self.slots.get(usize::from(window.number))?;
        self.inputs.windows.get(usize::from(*slot))
    }

    fn has(&self, source: &Source) -> bool {
        match source {
            Source::Fact(fact) => *self.inputs.facts.get(*fact) != Value::Unknown,
            Source::Window(window) => matches!(self.window(window), Some(Value::Int(_))),
            Source::Custom(name) => self.inputs.custom.get(name).is_some(),
        }
    }
}

/// Lower case without a copy when there is nothing to change.
fn lower(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        text
    }
}

impl Order {
    fn holds(self, found: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => found.is_lt(),
            Self::LessOrEqual => found.is_le(),
            Self::Greater => found.is_gt(),
            Self::GreaterOrEqual => found.is_ge(),
            Self::Equal => found.is_eq(),
            Self::NotEqual => found.is_ne(),
        }
    }
}

impl Arithmetic {
    /// The result; `None` for division by zero and beyond 64 bits.
    pub(super) fn of(self, left: i64, right: i64) -> Option<i64> {
        match self {
            Self::Add => left.checked_add(right),
            Self::Subtract => left.checked_sub(right),
            Self::Multiply => left.checked_mul(right),
            Self::Divide => left.checked_div(right),
            Self::Remainder => left.checked_rem(right),
        }
    }
}

impl Search {
    fn finds(self, text: &str, part: &str) -> bool {
        match self {
            Self::Contains => text.contains(part),
            Self::StartsWith => text.starts_with(part),
            Self::EndsWith => text.ends_with(part),
        }
    }
}
