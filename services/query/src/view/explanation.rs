//! Why a verdict is what it is.

use innerwall_rules::{Mode, RuleSet};
use innerwall_scoring::{Began, Explanation, Flip, RuleAnswer, Status};
use serde::Serialize;
use utoipa::ToSchema;

use super::HitName;
use crate::mask::{self, Masked};

/// Why a user or an event has its verdict, and what would change it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Explanation)]
pub(crate) struct ExplanationView {
    #[serde(flatten)]
    pub(crate) subject: Subject,
    pub(crate) trust_score: u8,
    /// Of an event, while live rules judge events.
    pub(crate) risk_score: Option<u8>,
    pub(crate) review_threshold: u8,
    pub(crate) block_threshold: Option<u8>,
    /// `allow`, `review`, `challenge` or `deny`.
    pub(crate) verdict: &'static str,
    /// Id of the policy that gives the verdict; `default` when none matches.
    pub(crate) policy: String,
    /// Why, in words.
    pub(crate) verdict_reason: String,
    /// Every rule, in the order of the packs.
    pub(crate) rules: Vec<RuleAnswerView>,
    /// Single changes that would flip the verdict, the nearest first.
    pub(crate) flips: Vec<FlipView>,
    /// When no single change does: the fewest rules without which the verdict would flip. Empty
    /// when more than three would be needed.
    pub(crate) smallest: Vec<HitName>,
}

/// What is explained.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ExplanationSubject)]
pub(crate) struct Subject {
    pub(crate) user_id: String,
    /// The event explained, or the last one of the user.
    pub(crate) event_id: String,
    pub(crate) event_time: String,
    /// Version of the rules by which the answer was found.
    pub(crate) rule_set_version: i32,
    /// `complete`, or `cut` when the oldest events of the user are not stored any more: counts of
    /// an event then begin with those that are.
    pub(crate) history: &'static str,
}

/// What one rule says.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RuleAnswer)]
pub(crate) struct RuleAnswerView {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    /// `user` or `event`.
    pub(crate) scope: &'static str,
    /// `off`, `shadow` or `live`.
    pub(crate) mode: &'static str,
    pub(crate) weight: i32,
    /// `fired`, `not_fired`, `not_evaluated`, `skipped`, `off` or `other_type`.
    pub(crate) status: &'static str,
    /// What is not known, of a rule that was not evaluated.
    pub(crate) lacks: Option<String>,
    /// The reason with the values seen, of a rule that fires.
    pub(crate) reason: Option<String>,
    /// Everything the rule reads.
    pub(crate) values: Vec<ReadValue>,
    /// Since when the rule has fired for the user.
    pub(crate) began: Option<BeganView>,
    /// Trust score of the user if this rule did not fire.
    pub(crate) trust_without: Option<u8>,
}

/// A value that a rule reads, in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ReadValue {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// The event with which a rule began to fire.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Began)]
pub(crate) struct BeganView {
    pub(crate) event_id: String,
    pub(crate) event_time: String,
    pub(crate) rule_set_version: i32,
}

/// A change of one value that flips the verdict.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Flip)]
pub(crate) struct FlipView {
    pub(crate) name: String,
    pub(crate) from: String,
    pub(crate) to: String,
    /// Scores after the change.
    pub(crate) trust_score: u8,
    pub(crate) risk_score: Option<u8>,
    /// `allow`, `review`, `challenge` or `deny` after the change.
    pub(crate) verdict: &'static str,
}

impl Masked for ExplanationView {
    fn mask(&mut self) {
        for rule in &mut self.rules {
            mask::each(&mut rule.reason, mask::text);
            rule.values.iter_mut().for_each(|read| mask::text(&mut read.value));
        }
        for flip in &mut self.flips {
            mask::text(&mut flip.from);
            mask::text(&mut flip.to);
        }
    }
}

impl ExplanationView {
    pub(crate) fn new(subject: Subject, found: &Explanation, rules: &RuleSet) -> Self {
        let thresholds = found.thresholds;
        Self {
            subject,
            trust_score: found.trust,
            risk_score: found.risk,
            review_threshold: thresholds.review,
            block_threshold: thresholds.block,
            verdict: found.verdict.name(),
            policy: found.policy.clone(),
            verdict_reason: found.reason.clone(),
            rules: found.rules.iter().map(RuleAnswerView::from).collect(),
            flips: found.flips.iter().map(FlipView::from).collect(),
            smallest: found.smallest.iter().map(|id| HitName::of(rules, id.as_str())).collect(),
        }
    }
}

impl From<&Flip> for FlipView {
    fn from(flip: &Flip) -> Self {
        let Flip { name, from, to, trust, risk, verdict } = flip.clone();
        let verdict = verdict.name();
        Self { name, from, to, trust_score: trust, risk_score: risk, verdict }
    }
}

impl From<&RuleAnswer> for RuleAnswerView {
    fn from(answer: &RuleAnswer) -> Self {
        let (status, lacks) = status(&answer.status);
        let value = |(name, value): &(String, String)| ReadValue {
            name: name.clone(),
            value: value.clone(),
        };
        Self {
            rule_id: answer.rule.to_string(),
            name: answer.name.clone(),
            scope: answer.scope.name(),
            mode: mode_name(answer.mode),
            weight: answer.points.into(),
            status,
            lacks,
            reason: answer.reason.clone(),
            values: answer.values.iter().map(value).collect(),
            began: answer.began.as_ref().map(BeganView::from),
            trust_without: answer.trust_without,
        }
    }
}

impl From<&Began> for BeganView {
    fn from(began: &Began) -> Self {
        Self {
            event_id: began.event_id.to_string(),
            event_time: began.event_time.to_rfc3339(),
            rule_set_version: began.rule_set,
        }
    }
}

fn status(status: &Status) -> (&'static str, Option<String>) {
    match status {
        Status::Fired => ("fired", None),
        Status::NotFired => ("not_fired", None),
        Status::NotEvaluated(lacks) => ("not_evaluated", Some(lacks.clone())),
        Status::Skipped => ("skipped", None),
        Status::Off => ("off", None),
        Status::OtherType => ("other_type", None),
    }
}

pub(super) fn mode_name(mode: Mode) -> &'static str {
    mode.name()
}
