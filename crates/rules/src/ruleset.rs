//! A rule set: the rules of some packs with a tenant's weights, ready to run.

use std::collections::BTreeMap;

use crate::pack::{Pack, Rule};
use crate::preset::Weight;

/// A rule and what it weighs for a tenant.
#[derive(Clone, Debug)]
pub struct WeightedRule {
    pub rule: Rule,
    pub points: i16,
}

/// All rules a tenant runs, under one version.
#[derive(Clone, Debug)]
pub struct RuleSet {
    pub version: i32,
    rules: Vec<WeightedRule>,
}

/// Why weights and packs do not make a rule set.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RuleSetError {
    #[error("weights name rule {0}, which no pack defines")]
    UnknownRule(String),
    #[error("rule {rule} weighs {points}, allowed are -20, 0, 10, 20 and 70")]
    UnknownWeight { rule: String, points: i64 },
    #[error("rule {0} is defined in two packs")]
    DefinedTwice(String),
}

impl RuleSet {
    /// Joins packs and weights. Rules without a weight run and weigh nothing.
    pub fn new(
        version: i32,
        packs: &[Pack],
        weights: &BTreeMap<String, i64>,
    ) -> Result<Self, RuleSetError> {
        let mut rules: Vec<WeightedRule> = Vec::new();
        for rule in packs.iter().flat_map(|pack| &pack.rules) {
            if rules.iter().any(|known| known.rule.id == rule.id) {
                return Err(RuleSetError::DefinedTwice(rule.id.to_string()));
            }
            let points = points_of(rule.id.as_str(), weights)?;
            rules.push(WeightedRule { rule: rule.clone(), points });
        }
        let is_known = |id: &String| rules.iter().any(|known| known.rule.id.as_str() == id);
        match weights.keys().find(|id| !is_known(id)) {
            Some(unknown) => Err(RuleSetError::UnknownRule(unknown.clone())),
            None => Ok(Self { version, rules }),
        }
    }

    pub fn rules(&self) -> &[WeightedRule] {
        &self.rules
    }

    /// Finds a rule by its id.
    pub fn rule(&self, id: &str) -> Option<&WeightedRule> {
        self.rules.iter().find(|weighted| weighted.rule.id.as_str() == id)
    }
}

fn points_of(rule: &str, weights: &BTreeMap<String, i64>) -> Result<i16, RuleSetError> {
    let points = weights.get(rule).copied().unwrap_or(0);
    Weight::from_points(points)
        .map(Weight::points)
        .ok_or_else(|| RuleSetError::UnknownWeight { rule: rule.to_owned(), points })
}
