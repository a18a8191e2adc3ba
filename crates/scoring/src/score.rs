//! Scoring one event.

use innerwall_event::Event;
use innerwall_features::{Facts, Folded, Lists, State, Surroundings, fold};
use innerwall_rules::{RuleId, RuleSet, Scope, Truth, WeightedRule};

use crate::formula::{TRUST_MAX, trust_score};
use crate::hit::{Hit, NotEvaluated};

/// What is known of a user: the state behind the facts, and the rules that fire.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    pub state: State,
    pub hits: Vec<Hit>,
    /// Rules the newest event left undecided.
    pub not_evaluated: Vec<NotEvaluated>,
}

impl Account {
    /// A user nothing is known of.
    pub fn fresh() -> Self {
        Self { state: State::fresh(), ..Self::default() }
    }
}

/// What one event gave.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Trust score of the user after the event, 0 to 99, 99 is clean.
    pub trust: u8,
    /// Risk score of the event, 0 to 99, 0 is clean; `None` while no live rule judges events.
    pub risk: Option<u8>,
    /// Rules that began to fire with this event.
    pub started: Vec<RuleId>,
    /// Rules that stopped firing with this event.
    pub ended: Vec<RuleId>,
    pub folded: Folded,
}

/// Folds the event into the account and judges it by every rule.
pub fn score(
    account: &mut Account,
    event: &Event,
    around: &Surroundings,
    rules: &RuleSet,
) -> Outcome {
    let folded = fold(&mut account.state, event, around, &Lists::builtin());
    let mut judged = Judged::default();
    for weighted in rules.rules() {
        judged.note(weighted, &folded.facts);
    }
    let started = start_hits(&mut account.hits, &judged.fired, event, &folded.facts);
    let ended = end_hits(&mut account.hits, &judged.fired);
    let risk = judged.risk();
    account.not_evaluated = judged.not_evaluated;
    let trust = trust_score(account.hits.iter().map(|hit| hit.points));
    Outcome { trust, risk, started, ended, folded }
}

#[derive(Default)]
struct Judged<'r> {
    fired: Vec<&'r WeightedRule>,
    event_points: Vec<i16>,
    has_event_rules: bool,
    not_evaluated: Vec<NotEvaluated>,
}

impl<'r> Judged<'r> {
    fn note(&mut self, weighted: &'r WeightedRule, facts: &Facts) {
        let rule = &weighted.rule;
        let truth = rule.condition.eval(facts);
        if let Truth::Unknown(missing) = truth {
            self.not_evaluated.push(NotEvaluated { rule: rule.id, missing });
        }
        match rule.scope {
            Scope::User if truth == Truth::True => self.fired.push(weighted),
            Scope::User => {}
            Scope::Event => {
                self.has_event_rules = true;
                self.event_points.extend((truth == Truth::True).then_some(weighted.points));
            }
        }
    }

    fn risk(&self) -> Option<u8> {
        let trust = trust_score(self.event_points.iter().copied());
        self.has_event_rules.then_some(TRUST_MAX - trust)
    }
}

fn start_hits(
    hits: &mut Vec<Hit>,
    fired: &[&WeightedRule],
    event: &Event,
    facts: &Facts,
) -> Vec<RuleId> {
    let mut started = Vec::new();
    for weighted in fired {
        let rule = &weighted.rule;
        if let Some(known) = hits.iter_mut().find(|hit| hit.rule == rule.id) {
            known.points = weighted.points;
            continue;
        }
        started.push(rule.id);
        hits.push(Hit {
            rule: rule.id,
            points: weighted.points,
            reason: rule.reason.fill(facts),
            event_id: event.id,
            event_time: event.time,
        });
    }
    started
}

fn end_hits(hits: &mut Vec<Hit>, fired: &[&WeightedRule]) -> Vec<RuleId> {
    let is_firing = |hit: &Hit| fired.iter().any(|weighted| weighted.rule.id == hit.rule);
    let ended = hits.iter().filter(|hit| !is_firing(hit)).map(|hit| hit.rule).collect();
    hits.retain(is_firing);
    ended
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
