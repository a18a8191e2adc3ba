//! The tests that every rule carries.

use innerwall_features::{Fact, FactType, Facts, Value};
use serde_saphyr::Spanned;

use crate::lang::Truth;
use crate::pack::{Pack, PackError, WireTest, WireValue, fault};

/// One test of a rule: facts, and whether it fires.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    name: String,
    facts: Facts,
    fires: bool,
}

/// A test whose rule did something else.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rule {rule}, test \"{test}\": expected {expected}, found {found:?}")]
pub struct TrialFailure {
    pub rule: String,
    pub test: String,
    pub expected: &'static str,
    pub found: Truth,
}

impl Trial {
    /// Checks the tests of a rule; there must be one that fires and one that does not.
    pub(crate) fn check_all(
        tests: &Spanned<Vec<WireTest>>,
        faults: &mut Vec<PackError>,
    ) -> Vec<Self> {
        for (fires, what) in [(true, "fires"), (false, "does not fire")] {
            if tests.value.iter().all(|test| test.fires != fires) {
                faults.push(fault(tests, format!("a test that {what} is missing")));
            }
        }
        tests.value.iter().map(|test| Self::check(test, faults)).collect()
    }

    fn check(test: &WireTest, faults: &mut Vec<PackError>) -> Self {
        let mut facts = Facts::default();
        for (name, value) in &test.given.value {
            match typed_value(name, value) {
                Ok((fact, value)) => facts.set(fact, value),
                Err(message) => faults.push(fault(&test.given, message)),
            }
        }
        Self { name: test.name.clone(), facts, fires: test.fires }
    }
}

fn typed_value(name: &str, value: &WireValue) -> Result<(Fact, Value), String> {
    let fact = Fact::named(name).ok_or_else(|| format!("unknown fact `{name}`"))?;
    let value = match (fact.def().kind, value) {
        (FactType::Bool, WireValue::Bool(holds)) => Value::Bool(*holds),
        (FactType::Int, WireValue::Int(number)) => Value::Int(*number),
        (FactType::Text, WireValue::Text(text)) => Value::Text(text.as_str().into()),
        (FactType::Texts, WireValue::Texts(texts)) => {
            Value::Texts(texts.iter().map(|text| text.as_str().into()).collect())
        }
        (kind, value) => return Err(format!("`{name}` needs {kind:?}, this is {value:?}")),
    };
    Ok((fact, value))
}

/// Runs the tests of every rule of a pack.
pub fn run_trials(pack: &Pack) -> Vec<TrialFailure> {
    let trials =
        pack.rules.iter().flat_map(|rule| rule.trials.iter().map(move |trial| (rule, trial)));
    trials
        .filter_map(|(rule, trial)| {
            let found = rule.condition.eval(&trial.facts);
            let is_right = (found == Truth::True) == trial.fires;
            (!is_right).then(|| TrialFailure {
                rule: rule.id.to_string(),
                test: trial.name.clone(),
                expected: if trial.fires { "to fire" } else { "not to fire" },
                found,
            })
        })
        .collect()
}
