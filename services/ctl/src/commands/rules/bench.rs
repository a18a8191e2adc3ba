//! `rules bench`.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use innerwall_event::Timestamp;
use innerwall_features::{FactType, Facts, SCHEMA, Value};
use innerwall_rules::{Budget, Inputs, Nothing, Pack, Read, Rule};

use crate::output;

/// Evaluations between two looks at the clock.
const ROUND: u32 = 1_000;
/// How long each rule is measured.
const MEASURED_FOR: Duration = Duration::from_millis(20);

pub(super) fn run(_file: &Path, pack: &Pack) -> anyhow::Result<ExitCode> {
    let facts = known_facts();
    let windows = vec![Value::Int(12); pack.windows.len()];
    let mut total_ns = 0.0;
    for rule in &pack.rules {
        let custom = custom_fields(rule);
        let inputs = Inputs {
            facts: &facts,
            windows: &windows,
            custom: &custom,
            lists: &Nothing,
            now: Timestamp::from_micros(0),
        };
        let took_ns = fastest_ns(rule, &inputs);
        total_ns += took_ns;
        let cost = rule.condition.cost();
        output::line(&format!("{} {took_ns:8.1} ns  cost {cost:4}  {}", rule.id, rule.name))?;
    }
    output::line(&format!("all {total_ns:7.1} ns for {} rules", pack.rules.len()))?;
    Ok(ExitCode::SUCCESS)
}

/// Nanoseconds of one evaluation in the fastest round: what disturbs a round only adds to it.
fn fastest_ns(rule: &Rule, inputs: &Inputs<'_>) -> f64 {
    let begun = Instant::now();
    let mut fastest = Duration::MAX;
    while begun.elapsed() < MEASURED_FOR {
        let round = Instant::now();
        for _ in 0..ROUND {
            black_box(black_box(&rule.condition).judge(black_box(inputs), &mut Budget::default()));
        }
        fastest = fastest.min(round.elapsed());
    }
    fastest.as_secs_f64() * 1e9 / f64::from(ROUND)
}

/// A value for every fact, so that no condition ends early because one is unknown.
fn known_facts() -> Facts {
    let mut facts = Facts::default();
    for def in SCHEMA {
        let value = match def.kind {
            FactType::Bool => Value::Bool(true),
            FactType::Int => Value::Int(12),
            FactType::Text => Value::Text("account_login_fail".into()),
            FactType::Texts => Value::Texts(["FI".into(), "NO".into(), "SE".into()].into()),
        };
        facts.set(def.fact, value);
    }
    facts
}

fn custom_fields(rule: &Rule) -> BTreeMap<String, String> {
    let field = |read| match read {
        Read::Custom(name) => Some((name.to_string(), "12".to_owned())),
        Read::Fact(_) | Read::Window(_) | Read::List(_) => None,
    };
    rule.reads().into_iter().filter_map(field).collect()
}
