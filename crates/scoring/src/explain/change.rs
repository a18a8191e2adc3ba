//! Changing one value: which ones, to what, and how far that is.

use std::collections::BTreeMap;
use std::sync::Arc;

use innerwall_features::{Fact, FactType, POLICY_FAMILIES, SCHEMA, Value};
use innerwall_rules::{Read, WindowDef, WindowKind, word_of};

use super::case::{Case, Finding};

/// Stands for a text that no rule names.
const OTHER_TEXT: &str = "another text";

/// A value that can be changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// By slot of the fact.
    Fact(usize),
    /// By slot of the window.
    Window(usize),
    Custom(Arc<str>),
}

/// What to try for a target, and the rules it concerns by their places.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) values: Vec<Value>,
    pub(super) rules: Vec<usize>,
}

/// Everything that rules with weight and policies read and people or products can change.
pub(super) fn wanted(case: &Case<'_>, findings: &[Finding<'_>]) -> BTreeMap<Target, Wanted> {
    let mut all: BTreeMap<Target, Wanted> = BTreeMap::new();
    for (place, finding) in findings.iter().enumerate() {
        let condition = &finding.weighted.rule.condition;
        if finding.weight == 0 || finding.truth.is_none() {
            continue;
        }
        let target = |read: &Read| Target::of(read, |name| condition.window_slot(name));
        for target in condition.reads().iter().filter_map(target) {
            all.entry(target).or_default().rules.push(place);
        }
        for (read, value) in condition.probes() {
            if let Some(wanted) = target(&read).and_then(|target| all.get_mut(&target)) {
                wanted.values.push(value);
            }
        }
    }
    let policies = case.book.rules.policies().iter();
    for policy in policies.filter(|policy| policy.is_for(case.event_type)) {
        let condition = &policy.condition;
        let target = |read: &Read| Target::of(read, |name| condition.window_slot(name));
        for target in condition.reads().iter().filter_map(target) {
            all.entry(target).or_default();
        }
        for (read, value) in condition.probes() {
            if let Some(wanted) = target(&read).and_then(|target| all.get_mut(&target)) {
                wanted.values.push(value);
            }
        }
    }
    for (target, wanted) in &mut all {
        let from = target.value(case);
        let values = std::mem::take(&mut wanted.values);
        wanted.values = target.sorted(case, &from, values);
    }
    all
}

impl Target {
    /// The id of a user is what it is.
    fn of(read: &Read, slot: impl Fn(&str) -> Option<usize>) -> Option<Self> {
        match read {
            Read::Fact(Fact::UserId) | Read::List(_) => None,
            // They follow from the rest.
            Read::Fact(fact) if POLICY_FAMILIES.contains(&fact.family()) => None,
            Read::Fact(fact) => Some(Self::Fact(fact.slot())),
            Read::Window(name) => slot(name).map(Self::Window),
            Read::Custom(name) => Some(Self::Custom(Arc::clone(name))),
        }
    }

    pub(super) fn name(&self, case: &Case<'_>) -> String {
        match self {
            Self::Fact(slot) => SCHEMA[*slot].name.to_owned(),
            Self::Window(slot) => {
                case.window(*slot).map_or_else(String::new, |window| window.name.to_string())
            }
            Self::Custom(name) => format!("custom.{name}"),
        }
    }

    /// The value as it is.
    pub(super) fn value(&self, case: &Case<'_>) -> Value {
        let inputs = &case.inputs;
        match self {
            Self::Fact(slot) => inputs.facts.get(SCHEMA[*slot].fact).clone(),
            Self::Window(slot) => inputs.windows.get(*slot).cloned().unwrap_or_default(),
            Self::Custom(name) => inputs.custom.get(name).into(),
        }
    }

    pub(super) fn say(&self, case: &Case<'_>, value: &Value) -> String {
        let window = if let Self::Window(slot) = self { case.window(*slot) } else { None };
        window.map_or_else(|| word_of(value), |window| window.say(value))
    }

    /// The values to try, the nearest first, each once.
    fn sorted(&self, case: &Case<'_>, from: &Value, values: Vec<Value>) -> Vec<Value> {
        let other = self.is_text().then(|| Value::from(OTHER_TEXT));
        let values = values.into_iter().map(|value| beside(from, value));
        let mut sorted: Vec<Value> = Vec::new();
        for value in values.chain(other) {
            if value != *from && self.can_be(case, &value) && !sorted.contains(&value) {
                sorted.push(value);
            }
        }
        sorted.sort_by_key(|value| distance(from, value));
        sorted
    }

    fn is_text(&self) -> bool {
        match self {
            Self::Fact(slot) => SCHEMA[*slot].kind == FactType::Text,
            Self::Window(_) => false,
            Self::Custom(_) => true,
        }
    }

    /// Nothing that is counted is below 0; only amounts of money are.
    fn can_be(&self, case: &Case<'_>, value: &Value) -> bool {
        let Value::Int(number) = value else { return true };
        let (least, most) = match self {
            Self::Fact(slot) if SCHEMA[*slot].fact == Fact::EventAmountMicros => (i64::MIN, None),
            Self::Fact(_) | Self::Custom(_) => (0, None),
            Self::Window(slot) => case.window(*slot).map_or((0, None), limits),
        };
        *number >= least && most.is_none_or(|most| *number <= most)
    }
}

fn limits(window: &WindowDef) -> (i64, Option<i64>) {
    match window.kind {
        WindowKind::Count | WindowKind::FirstSeen | WindowKind::LastSeen => (0, None),
        WindowKind::Distinct(_) => (0, window.capped_at()),
        WindowKind::Sum(_) => (i64::MIN, None),
        WindowKind::Ratio(_) => (0, Some(100)),
    }
}

/// A set of one text stands for a set with or without that text.
fn beside(from: &Value, value: Value) -> Value {
    let (Value::Texts(known), Value::Texts(change)) = (from, &value) else { return value };
    let [item] = change.as_ref() else { return value };
    let mut texts: Vec<Box<str>> = known.iter().filter(|text| *text != item).cloned().collect();
    if texts.len() == known.len() {
        texts.push(item.clone());
    }
    Value::Texts(texts.into())
}

/// How far a change goes. Texts and answers are all equally far; what is not known is farther from
/// everything than anything known.
pub(super) fn distance(from: &Value, to: &Value) -> u64 {
    match (from, to) {
        (Value::Unknown, _) => u64::MAX,
        (Value::Int(from), Value::Int(to)) => from.abs_diff(*to),
        (Value::Texts(from), Value::Texts(to)) => from.len().abs_diff(to.len()) as u64,
        (Value::Bool(_) | Value::Int(_) | Value::Text(_) | Value::Texts(_), _) => 1,
    }
}
