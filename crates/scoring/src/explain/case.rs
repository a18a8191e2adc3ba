//! One case: what was judged, what every rule found, and the verdict that comes of it.

use std::collections::BTreeSet;

use innerwall_event::Event;
use innerwall_rules::{
    Budget, Inputs, Mode, RuleId, Scope, Truth, Verdict, WeightedRule, WindowDef,
};

use super::Explanation;
use super::answer::answer;
use super::flip::flips;
use super::smallest::smallest;
use crate::decide::{EventStanding, Found, Judgement, judge};
use crate::formula::{TRUST_MAX, trust_score};
use crate::hit::Hit;
use crate::rulebook::Rulebook;

pub(super) struct Case<'a> {
    pub(super) book: &'a Rulebook,
    pub(super) event_type: &'a str,
    pub(super) inputs: Inputs<'a>,
    pub(super) hits: &'a [Hit],
    pub(super) is_event: bool,
    standing: EventStanding,
}

/// Whom or what a case is about.
pub(super) struct About<'a> {
    /// The hits of the user.
    pub(super) hits: &'a [Hit],
    /// An event is explained, not its user.
    pub(super) is_event: bool,
    pub(super) standing: EventStanding,
}

/// What one rule found.
pub(super) struct Finding<'a> {
    pub(super) weighted: &'a WeightedRule,
    /// `None` for a rule that was not judged: it is off, or about other events.
    pub(super) truth: Option<Truth>,
    pub(super) fires: bool,
    /// What the rule adds when it fires; 0 while it is on trial.
    pub(super) weight: i16,
}

/// The scores and what they lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weighed {
    pub(super) trust: u8,
    pub(super) risk: Option<u8>,
    pub(super) judgement: Judgement,
}

impl Weighed {
    pub(super) fn verdict(&self) -> Verdict {
        self.judgement.verdict
    }
}

impl<'a> Case<'a> {
    pub(super) fn new(
        book: &'a Rulebook,
        event: &'a Event,
        inputs: Inputs<'a>,
        About { hits, is_event, standing }: About<'a>,
    ) -> Self {
        Self { book, event_type: event.kind.name(), inputs, hits, is_event, standing }
    }

    /// The verdict alone.
    pub(super) fn judge(&self) -> Verdict {
        let findings = self.findings();
        let fired: Vec<bool> = findings.iter().map(|finding| finding.fires).collect();
        self.weigh(&self.inputs, &findings, &fired).verdict()
    }

    pub(super) fn explain(&self) -> Explanation {
        let findings = self.findings();
        let fired: Vec<bool> = findings.iter().map(|finding| finding.fires).collect();
        let now = self.weigh(&self.inputs, &findings, &fired);
        let flips = flips(self, &findings, now.verdict());
        let smallest = if flips.is_empty() { smallest(self, &findings, &now) } else { Vec::new() };
        let thresholds = self.book.rules.thresholds;
        let rules = (0..findings.len()).map(|place| answer(self, &findings, place)).collect();
        Explanation {
            trust: now.trust,
            risk: now.risk,
            thresholds,
            verdict: now.judgement.verdict,
            policy: now.judgement.policy,
            reason: now.judgement.reason,
            rules,
            flips,
            smallest,
        }
    }

    /// Judges the rules as scoring does: in order, with one budget.
    fn findings(&self) -> Vec<Finding<'a>> {
        let rules = &self.book.rules;
        let due: BTreeSet<RuleId> = rules
            .rules_for(self.event_type)
            .map(|weighted| &weighted.rule)
            .filter(|rule| self.is_event || rule.scope == Scope::User)
            .map(|rule| rule.id)
            .collect();
        let mut budget = Budget::default();
        let judge = |weighted: &'a WeightedRule| {
            let is_due = due.contains(&weighted.rule.id);
            let judged = is_due.then(|| weighted.rule.condition.judge(&self.inputs, &mut budget));
            self.finding(weighted, judged)
        };
        rules.rules().iter().map(judge).collect()
    }

    fn finding(&self, weighted: &'a WeightedRule, truth: Option<Truth>) -> Finding<'a> {
        let kept = self.hit(weighted.rule.id).filter(|_| truth.as_ref().is_some_and(is_open));
        let kept = kept.filter(|_| !self.is_event);
        let fires = truth == Some(Truth::True) || kept.is_some();
        let is_live = weighted.mode == Mode::Live;
        let weight = kept.map_or(if is_live { weighted.points } else { 0 }, Hit::weight);
        Finding { weighted, truth, fires, weight }
    }

    pub(super) fn window(&self, slot: usize) -> Option<&'a WindowDef> {
        self.book.rules.windows().get(slot)
    }

    /// The hit of a rule about the user.
    pub(super) fn hit(&self, rule: RuleId) -> Option<&'a Hit> {
        self.hits.iter().find(|hit| hit.rule == rule)
    }

    /// What follows if exactly the rules marked fired.
    pub(super) fn weigh(
        &self,
        inputs: &Inputs<'_>,
        findings: &[Finding<'_>],
        fired: &[bool],
    ) -> Weighed {
        let weights = |scope| {
            let of_scope = findings.iter().zip(fired).filter(move |(finding, fires)| {
                **fires && finding.weighted.rule.scope == scope && finding.weight != 0
            });
            of_scope.map(|(finding, _)| finding.weight)
        };
        let trust = trust_score(weights(Scope::User));
        let has_risk = self.is_event && self.book.rules.judges_events();
        let risk = has_risk.then(|| TRUST_MAX - trust_score(weights(Scope::Event)));
        let live = findings
            .iter()
            .zip(fired)
            .filter(|(finding, fires)| **fires && finding.weighted.mode == Mode::Live);
        let hits = live.map(|(finding, _)| finding.weighted.rule.id).collect();
        let found = Found { trust, risk, hits, standing: self.standing };
        Weighed { trust, risk, judgement: judge(self.book, self.event_type, inputs, &found) }
    }
}

fn is_open(truth: &Truth) -> bool {
    matches!(truth, Truth::Unknown(_) | Truth::Skipped)
}
