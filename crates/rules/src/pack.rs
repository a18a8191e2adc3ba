//! Packs: files of rules, read and checked as a whole.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::id::RuleId;
use crate::lang::Condition;
use crate::reason::Template;
use crate::trial::Trial;

/// Largest pack file. Bounds the memory and time a check can take.
pub const PACK_BYTES_MAX: usize = 1024 * 1024;
/// Most rules in one pack.
pub const RULES_MAX: usize = 1000;

/// What a rule judges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The user's trust score.
    #[default]
    User,
    /// The risk score of the event.
    Event,
}

/// A checked rule.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: RuleId,
    pub family: String,
    pub name: String,
    pub explanation: String,
    pub condition: Condition,
    pub scope: Scope,
    pub reason: Template,
    pub tags: Vec<String>,
    pub(crate) trials: Vec<Trial>,
}

/// A checked file of rules.
#[derive(Clone, Debug)]
pub struct Pack {
    pub family: String,
    pub rules: Vec<Rule>,
}

/// Why a pack is not accepted, with the place in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct PackError {
    pub line: u64,
    pub column: u64,
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WirePack {
    family: String,
    rules: Vec<WireRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireRule {
    id: Spanned<String>,
    name: String,
    explanation: String,
    when: Spanned<String>,
    #[serde(default)]
    scope: Scope,
    reason: Spanned<String>,
    #[serde(default)]
    tags: Vec<String>,
    tests: Spanned<Vec<WireTest>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireTest {
    pub(crate) name: String,
    pub(crate) given: Spanned<BTreeMap<String, WireValue>>,
    pub(crate) fires: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum WireValue {
    Bool(bool),
    Int(i64),
    Text(String),
    Texts(Vec<String>),
}

/// Reads and checks a pack; every fault is reported, not just the first.
pub fn read_pack(text: &str) -> Result<Pack, Vec<PackError>> {
    if text.len() > PACK_BYTES_MAX {
        let message = format!("pack holds {} bytes, the limit is {PACK_BYTES_MAX}", text.len());
        return Err(vec![PackError { line: 1, column: 1, message }]);
    }
    let wire: WirePack = serde_saphyr::from_str(text).map_err(|error| vec![yaml_error(&error)])?;
    if wire.rules.len() > RULES_MAX {
        let message = format!("pack holds {} rules, the limit is {RULES_MAX}", wire.rules.len());
        return Err(vec![PackError { line: 1, column: 1, message }]);
    }
    let mut rules: Vec<Rule> = Vec::with_capacity(wire.rules.len());
    let mut faults = Vec::new();
    for wire_rule in wire.rules {
        let id = wire_rule.id.clone();
        match check_rule(&wire.family, wire_rule) {
            Ok(rule) if rules.iter().any(|known| known.id == rule.id) => {
                faults.push(fault(&id, format!("rule {} is defined twice", rule.id)));
            }
            Ok(rule) => rules.push(rule),
            Err(mut found) => faults.append(&mut found),
        }
    }
    if faults.is_empty() { Ok(Pack { family: wire.family, rules }) } else { Err(faults) }
}

fn check_rule(family: &str, wire: WireRule) -> Result<Rule, Vec<PackError>> {
    let mut faults = Vec::new();
    let id = RuleId::parse(&wire.id.value);
    if id.is_none() {
        let message = format!("`{}` is no rule id, expected a form like X01", wire.id.value);
        faults.push(fault(&wire.id, message));
    }
    let condition = Condition::compile(&wire.when.value)
        .map_err(|error| faults.push(within(&wire.when, error.line, error.column, error.message)));
    let reason = Template::parse(&wire.reason.value)
        .map_err(|error| faults.push(fault(&wire.reason, error)));
    let trials = Trial::check_all(&wire.tests, &mut faults);
    match (id, condition, reason) {
        (Some(id), Ok(condition), Ok(reason)) if faults.is_empty() => Ok(Rule {
            id,
            family: family.to_owned(),
            name: wire.name,
            explanation: wire.explanation,
            condition,
            scope: wire.scope,
            reason,
            tags: wire.tags,
            trials,
        }),
        _ => Err(faults),
    }
}

pub(crate) fn fault<T>(place: &Spanned<T>, message: String) -> PackError {
    PackError { line: place.referenced.line(), column: place.referenced.column(), message }
}

/// Places a fault inside a value. A value on one line is pointed into; for one that spans lines
/// the file is pointed at and the place inside it told in words.
fn within(place: &Spanned<String>, line: usize, column: usize, message: String) -> PackError {
    let mut found = fault(place, message);
    if place.value.trim_end().contains('\n') {
        found.message =
            format!("{} (line {line}, column {column} of the expression)", found.message);
    } else {
        found.column += column as u64 - 1;
    }
    found
}

fn yaml_error(error: &serde_saphyr::Error) -> PackError {
    let place = error.location();
    PackError {
        line: place.map_or(1, |place| place.line()),
        column: place.map_or(1, |place| place.column()),
        message: error.without_snippet().to_string(),
    }
}

#[cfg(test)]
#[path = "pack_tests.rs"]
mod tests;
