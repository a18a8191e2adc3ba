//! Scoring one event.

use innerwall_event::Event;
use innerwall_features::{Folded, State, Surroundings, fold};
use innerwall_rules::{Budget, Inputs, Missing, Mode, RuleId, RuleSet, Scope, Truth, WeightedRule};

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
    let folded = fold(&mut account.state, event, around);
    let mut judged = Judged::default();
    let inputs = Inputs { now: event.time, ..Inputs::of_facts(&folded.facts) };
    for weighted in rules.rules_for(event.kind.name()) {
        judged.note(weighted, &inputs);
    }
    let started = start_hits(&mut account.hits, &judged.fired, event, &inputs);
    let ended = end_hits(&mut account.hits, &judged.fired);
    let risk = rules.judges_events().then(|| judged.risk());
    account.not_evaluated = judged.not_evaluated;
    let trust = trust_score(account.hits.iter().map(|hit| hit.points));
    Outcome { trust, risk, started, ended, folded }
}

#[derive(Default)]
struct Judged<'r> {
    fired: Vec<&'r WeightedRule>,
    event_points: Vec<i16>,
    budget: Budget,
    not_evaluated: Vec<NotEvaluated>,
}

impl<'r> Judged<'r> {
    fn note(&mut self, weighted: &'r WeightedRule, inputs: &Inputs<'_>) {
        let rule = &weighted.rule;
        match rule.condition.judge(inputs, &mut self.budget) {
            Truth::Unknown(missing) => {
                self.not_evaluated.push(NotEvaluated { rule: rule.id, missing });
            }
            Truth::Skipped => {
                self.not_evaluated.push(NotEvaluated { rule: rule.id, missing: Missing::Steps });
            }
            Truth::True if weighted.mode == Mode::Live => match rule.scope {
                Scope::User => self.fired.push(weighted),
                Scope::Event => self.event_points.push(weighted.points),
            },
            Truth::True | Truth::False => {}
        }
    }

    fn risk(&self) -> u8 {
        TRUST_MAX - trust_score(self.event_points.iter().copied())
    }
}

fn start_hits(
    hits: &mut Vec<Hit>,
    fired: &[&WeightedRule],
    event: &Event,
    inputs: &Inputs<'_>,
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
            reason: rule.reason.fill(inputs),
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
