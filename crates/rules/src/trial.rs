//! The tests that every rule and policy carries.

use std::collections::BTreeMap;
use std::sync::Arc;

use innerwall_event::Timestamp;
use innerwall_features::{Fact, FactType, Facts, SCHEMA, Value};
use serde_saphyr::Spanned;

use crate::lang::{Budget, Condition, Inputs, ListLookup, Truth, is_custom_name, with_suggestion};
use crate::pack::{Pack, PackError, TESTS_MAX, WireTest, WireValue, fault};
use crate::policy::Policy;

/// Before the name of a list that a test fills.
const LISTS: &str = "lists.";
const CUSTOM: &str = "custom.";

/// One test of a rule or policy: what is given, and whether it fires.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    name: String,
    facts: Vec<(Fact, Value)>,
    windows: Vec<Value>,
    custom: BTreeMap<String, String>,
    lists: TrialLists,
    fires: bool,
}

/// A test whose rule or policy did something else.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{of}, test \"{test}\": expected {expected}, found {found:?}")]
pub struct TrialFailure {
    /// The rule or policy.
    pub of: String,
    pub test: String,
    pub expected: &'static str,
    pub found: Truth,
}

/// Lists as a test gives them. They hold nothing that expires.
#[derive(Clone, Debug, Default)]
struct TrialLists(BTreeMap<String, Vec<String>>);

impl ListLookup for TrialLists {
    fn has(&self, list: &str, text: &str, _now: Timestamp) -> bool {
        self.0.get(list).is_some_and(|entries| entries.iter().any(|entry| entry == text))
    }

    fn contains_any(&self, list: &str, text: &str, _now: Timestamp) -> bool {
        self.0.get(list).is_some_and(|entries| entries.iter().any(|entry| text.contains(entry)))
    }
}

impl Trial {
    /// Checks the tests of a rule or policy; there must be one that fires and one that does not.
    pub(crate) fn check_all(
        tests: &Spanned<Vec<WireTest>>,
        windows: &[Arc<str>],
        faults: &mut Vec<PackError>,
    ) -> Vec<Self> {
        for (fires, what) in [(true, "fires"), (false, "does not fire")] {
            if tests.value.iter().all(|test| test.fires != fires) {
                faults.push(fault(tests, format!("a test that {what} is missing")));
            }
        }
        if tests.value.len() > TESTS_MAX {
            let found = tests.value.len();
            faults.push(fault(tests, format!("{found} tests, the limit is {TESTS_MAX}")));
        }
        tests.value.iter().map(|test| Self::check(test, windows, faults)).collect()
    }

    fn check(test: &WireTest, windows: &[Arc<str>], faults: &mut Vec<PackError>) -> Self {
        let mut trial = Self {
            name: test.name.clone(),
            facts: Vec::new(),
            windows: vec![Value::Unknown; windows.len()],
            custom: BTreeMap::new(),
            lists: TrialLists::default(),
            fires: test.fires,
        };
        for (name, value) in &test.given.value {
            if let Err(message) = trial.give(name, value, windows) {
                faults.push(fault(&test.given, message));
            }
        }
        trial
    }

    fn give(&mut self, name: &str, value: &WireValue, windows: &[Arc<str>]) -> Result<(), String> {
        if let Some(field) = name.strip_prefix(CUSTOM).filter(|field| is_custom_name(field)) {
            let WireValue::Text(text) = value else { return Err(wrong(name, "text", value)) };
            self.custom.insert(field.to_owned(), text.clone());
        } else if let Some(list) = name.strip_prefix(LISTS) {
            let WireValue::Texts(entries) = value else {
                return Err(wrong(name, "a list of texts", value));
            };
            self.lists.0.insert(list.to_owned(), entries.clone());
        } else if let Some(number) = windows.iter().position(|window| **window == *name) {
            let WireValue::Int(found) = value else { return Err(wrong(name, "int", value)) };
            self.windows[number] = Value::Int(*found);
        } else {
            self.facts.push(typed_value(name, value, windows)?);
        }
        Ok(())
    }

    fn run(&self, condition: &Condition) -> Truth {
        let mut facts = Facts::default();
        for (fact, value) in &self.facts {
            facts.set(*fact, value.clone());
        }
        let inputs = Inputs {
            facts: &facts,
            windows: &self.windows,
            custom: &self.custom,
            lists: &self.lists,
            now: Timestamp::from_micros(0),
        };
        condition.judge(&inputs, &mut Budget::default())
    }

    /// A policy for some types of events says nothing about others.
    fn run_policy(&self, policy: &Policy) -> Truth {
        let kind = self.facts.iter().find(|(fact, _)| *fact == Fact::EventType);
        let kind = if let Some((_, Value::Text(kind))) = kind { &**kind } else { "" };
        if policy.is_for(kind) { self.run(&policy.condition) } else { Truth::False }
    }

    fn failure(&self, of: String, found: Truth) -> Option<TrialFailure> {
        let is_right = (found == Truth::True) == self.fires;
        let expected = if self.fires { "to fire" } else { "not to fire" };
        (!is_right).then(|| TrialFailure { of, test: self.name.clone(), expected, found })
    }
}

fn wrong(name: &str, needed: &str, found: &WireValue) -> String {
    format!("`{name}` needs {needed}, this is {}", found.type_name())
}

fn typed_value(
    name: &str,
    value: &WireValue,
    windows: &[Arc<str>],
) -> Result<(Fact, Value), String> {
    let fact = Fact::named(name).ok_or_else(|| {
        let windows = windows.iter().map(AsRef::as_ref);
        let known = SCHEMA.iter().map(|def| def.name).chain(windows);
        with_suggestion(format!("unknown fact or window `{name}`"), name, known)
    })?;
    let value = match (fact.def().kind, value) {
        (FactType::Bool, WireValue::Bool(holds)) => Value::Bool(*holds),
        (FactType::Int, WireValue::Int(number)) => Value::Int(*number),
        (FactType::Text, WireValue::Text(text)) => Value::Text(text.as_str().into()),
        (FactType::Texts, WireValue::Texts(texts)) => {
            Value::Texts(texts.iter().map(|text| text.as_str().into()).collect())
        }
        (FactType::Bool, value) => return Err(wrong(name, "bool", value)),
        (FactType::Int, value) => return Err(wrong(name, "int", value)),
        (FactType::Text, value) => return Err(wrong(name, "text", value)),
        (FactType::Texts, value) => return Err(wrong(name, "a list of texts", value)),
    };
    Ok((fact, value))
}

/// Runs the tests of every rule and policy of a pack.
pub fn run_trials(pack: &Pack) -> Vec<TrialFailure> {
    let rules = pack.rules.iter().flat_map(|rule| {
        let run = move |trial: &Trial| {
            trial.failure(format!("rule {}", rule.id), trial.run(&rule.condition))
        };
        rule.trials.iter().filter_map(run)
    });
    let policies = pack.policies.iter().flat_map(|policy| {
        let run = move |trial: &Trial| {
            trial.failure(format!("policy {}", policy.id), trial.run_policy(policy))
        };
        policy.trials.iter().filter_map(run)
    });
    rules.chain(policies).collect()
}
