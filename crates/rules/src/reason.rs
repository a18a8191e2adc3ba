//! Reasons: plain sentences with the values a rule saw.

use std::sync::Arc;

use innerwall_features::{Fact, Value};

use crate::lang::{ExpressionError, Inputs, Read, Scope, Source};
use crate::window::{WindowDef, say};

/// A sentence with holes: `{fact}`, `{window}` or `{custom.field}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
    slots: Arc<[u16]>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Fact(Fact),
    Custom(Arc<str>),
    Window { number: u16, name: Arc<str>, capped_at: Option<i64> },
}

impl Template {
    pub(crate) fn parse(text: &str, scope: Scope<'_>) -> Result<Self, ExpressionError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((words, tail)) = rest.split_once('{') {
            let at = text.len() - tail.len();
            let Some((name, after)) = tail.split_once('}') else {
                return Err(crate::lang::Fault::new(at - 1, "`{` without `}`").located(text));
            };
            let source = scope.find(at, name).map_err(|fault| fault.located(text))?;
            parts.push(Part::Words(words.to_owned()));
            parts.push(match source {
                Source::Fact(fact) => Part::Fact(fact),
                Source::Custom(field) => Part::Custom(field),
                Source::Window(window) => {
                    Part::Window { number: window.number, name: window.name, capped_at: None }
                }
            });
            rest = after;
        }
        parts.push(Part::Words(rest.to_owned()));
        // Until a rule set says otherwise, a window is in the slot of its number.
        let slots = (0_u16..).take(scope.windows().len()).collect();
        Ok(Self { parts, slots })
    }

    /// Says in which slots the windows of the pack are, and how far they can count.
    pub(crate) fn place_windows(&mut self, slots: &Arc<[u16]>, windows: &[WindowDef]) {
        self.slots = Arc::clone(slots);
        for part in &mut self.parts {
            if let Part::Window { name, capped_at, .. } = part {
                let window = windows.iter().find(|window| window.name == *name);
                *capped_at = window.and_then(WindowDef::capped_at);
            }
        }
    }

    /// Slots of the windows the reason reads.
    pub(crate) fn window_slots(&self) -> Vec<u16> {
        let slot = |part: &Part| match part {
            Part::Window { number, .. } => self.slots.get(usize::from(*number)).copied(),
            Part::Words(_) | Part::Fact(_) | Part::Custom(_) => None,
        };
        self.parts.iter().filter_map(slot).collect()
    }

    /// The slot of a window that the reason reads, by its name in the pack.
    pub fn window_slot(&self, sought: &str) -> Option<usize> {
        let number = self.parts.iter().find_map(|part| match part {
            Part::Window { number, name, .. } if **name == *sought => Some(*number),
            Part::Window { .. } | Part::Words(_) | Part::Fact(_) | Part::Custom(_) => None,
        });
        let slot = number.and_then(|number| self.slots.get(usize::from(number)));
        slot.copied().map(usize::from)
    }

    /// What the reason reads.
    pub fn reads(&self) -> Vec<Read> {
        let read = |part: &Part| match part {
            Part::Words(_) => None,
            Part::Fact(fact) => Some(Read::Fact(*fact)),
            Part::Custom(field) => Some(Read::Custom(Arc::clone(field))),
            Part::Window { name, .. } => Some(Read::Window(Arc::clone(name))),
        };
        self.parts.iter().filter_map(read).collect()
    }

    /// Fills the holes; what is not known reads "unknown".
    pub fn fill(&self, inputs: &Inputs<'_>) -> String {
        let mut sentence = String::new();
        for part in &self.parts {
            match part {
                Part::Words(words) => sentence.push_str(words),
                Part::Fact(fact) => sentence.push_str(&word_of(inputs.facts.get(*fact))),
                Part::Custom(field) => {
                    sentence.push_str(inputs.custom.get(field).unwrap_or("unknown"));
                }
                Part::Window { number, capped_at, .. } => {
                    let slot = self.slots.get(usize::from(*number)).copied().map(usize::from);
                    let value = slot.and_then(|slot| inputs.windows.get(slot));
                    sentence.push_str(&say(value.unwrap_or(&Value::Unknown), *capped_at));
                }
            }
        }
        sentence
    }
}

/// The value of a fact in words.
pub fn word_of(value: &Value) -> String {
    match value {
        Value::Unknown => "unknown".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Texts(texts) => texts.join(", "),
    }
}
