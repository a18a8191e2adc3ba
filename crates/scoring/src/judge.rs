//! Every rule that concerns an event, judged.

use innerwall_event::Event;
use innerwall_rules::{Budget, Inputs, Missing, Mode, RuleId, Scope, Truth, WeightedRule};

use crate::formula::{TRUST_MAX, trust_score};
use crate::hit::{EventHit, Hit, NotEvaluated};

/// What hits begin with.
pub(crate) struct Cause<'e> {
    pub(crate) event: &'e Event,
    /// Version of the rules.
    pub(crate) rule_set: i32,
}

/// What the rules say about one event and its user.
#[derive(Default)]
pub(crate) struct Judged<'r> {
    about_user: Vec<&'r WeightedRule>,
    about_event: Vec<&'r WeightedRule>,
    not_evaluated: Vec<NotEvaluated>,
}

impl<'r> Judged<'r> {
    pub(crate) fn of(rules: impl Iterator<Item = &'r WeightedRule>, inputs: &Inputs<'_>) -> Self {
        let mut judged = Self::default();
        let mut budget = Budget::default();
        for weighted in rules {
            let rule = &weighted.rule;
            match rule.condition.judge(inputs, &mut budget) {
                Truth::True => match rule.scope {
                    Scope::User => judged.about_user.push(weighted),
                    Scope::Event => judged.about_event.push(weighted),
                },
                Truth::False => {}
                Truth::Unknown(missing) => {
                    judged.not_evaluated.push(NotEvaluated { rule: rule.id, missing });
                }
                Truth::Skipped => judged
                    .not_evaluated
                    .push(NotEvaluated { rule: rule.id, missing: Missing::Steps }),
            }
        }
        judged
    }

    /// Risk score of the event from the live rules about events.
    pub(crate) fn risk(&self) -> u8 {
        let live = self.about_event.iter().filter(|weighted| weighted.mode == Mode::Live);
        TRUST_MAX - trust_score(live.map(|weighted| weighted.points))
    }

    /// Adds hits of rules about the user that did not fire before; gives their ids.
    pub(crate) fn start_hits(
        &self,
        hits: &mut Vec<Hit>,
        cause: &Cause<'_>,
        inputs: &Inputs<'_>,
    ) -> Vec<RuleId> {
        let mut started = Vec::new();
        for weighted in &self.about_user {
            let rule = &weighted.rule;
            let is_shadow = weighted.mode == Mode::Shadow;
            if let Some(known) = hits.iter_mut().find(|hit| hit.rule == rule.id) {
                (known.points, known.is_shadow) = (weighted.points, is_shadow);
                continue;
            }
            started.push(rule.id);
            hits.push(Hit {
                rule: rule.id,
                points: weighted.points,
                is_shadow,
                reason: rule.reason.fill(inputs),
                event_id: cause.event.id,
                event_time: cause.event.time,
                rule_set: cause.rule_set,
            });
        }
        started
    }

    /// Removes hits of rules that fire no more; gives their ids.
    pub(crate) fn end_hits(&self, hits: &mut Vec<Hit>) -> Vec<RuleId> {
        self.end_hits_unless(hits, |_| false)
    }

    /// Like [`Self::end_hits`], but rules that cannot be decided any more keep their hits.
    pub(crate) fn end_decided_hits(&self, hits: &mut Vec<Hit>) -> Vec<RuleId> {
        self.end_hits_unless(hits, |rule| self.not_evaluated.iter().any(|gap| gap.rule == rule))
    }

    fn end_hits_unless(&self, hits: &mut Vec<Hit>, stays: impl Fn(RuleId) -> bool) -> Vec<RuleId> {
        let fires = |rule| self.about_user.iter().any(|weighted| weighted.rule.id == rule);
        let is_kept = |hit: &Hit| fires(hit.rule) || stays(hit.rule);
        let ended = hits.iter().filter(|hit| !is_kept(hit)).map(|hit| hit.rule).collect();
        hits.retain(is_kept);
        ended
    }

    /// The hits of rules about the event.
    pub(crate) fn event_hits(&self, inputs: &Inputs<'_>) -> Vec<EventHit> {
        let hit = |weighted: &&WeightedRule| EventHit {
            rule: weighted.rule.id,
            points: weighted.points,
            is_shadow: weighted.mode == Mode::Shadow,
            reason: weighted.rule.reason.fill(inputs),
        };
        self.about_event.iter().map(hit).collect()
    }

    /// The rules that were not decided.
    pub(crate) fn into_not_evaluated(self) -> Vec<NotEvaluated> {
        self.not_evaluated
    }
}
