//! Explanations as protobuf.

use innerwall_wire::query as proto;

use super::convert::time;
use crate::view::{ExplanationView, FlipView, RuleAnswerView};

impl From<ExplanationView> for proto::Explanation {
    fn from(found: ExplanationView) -> Self {
        let subject = found.subject;
        Self {
            event_time: time(&subject.event_time),
            user_id: subject.user_id,
            event_id: subject.event_id,
            rule_set_version: subject.rule_set_version,
            history: subject.history.to_owned(),
            trust_score: found.trust_score.into(),
            risk_score: found.risk_score.map(u32::from),
            review_threshold: found.review_threshold.into(),
            block_threshold: found.block_threshold.map(u32::from),
            verdict: found.verdict.to_owned(),
            policy: found.policy,
            verdict_reason: found.verdict_reason,
            rules: found.rules.into_iter().map(proto::RuleAnswer::from).collect(),
            flips: found.flips.into_iter().map(proto::Flip::from).collect(),
            smallest: found.smallest.into_iter().map(|rule| rule.rule_id).collect(),
        }
    }
}

impl From<RuleAnswerView> for proto::RuleAnswer {
    fn from(answer: RuleAnswerView) -> Self {
        let began = answer.began;
        let values = answer.values.into_iter();
        Self {
            rule_id: answer.rule_id,
            name: answer.name,
            scope: answer.scope.to_owned(),
            mode: answer.mode.to_owned(),
            weight: answer.weight,
            status: answer.status.to_owned(),
            lacks: answer.lacks,
            reason: answer.reason,
            values: values
                .map(|read| proto::ReadValue { name: read.name, value: read.value })
                .collect(),
            began_at: began.as_ref().and_then(|began| time(&began.event_time)),
            began_version: began.as_ref().map(|began| began.rule_set_version),
            began_event_id: began.map(|began| began.event_id),
            trust_without: answer.trust_without.map(u32::from),
        }
    }
}

impl From<FlipView> for proto::Flip {
    fn from(flip: FlipView) -> Self {
        Self {
            name: flip.name,
            from: flip.from,
            to: flip.to,
            trust_score: flip.trust_score.into(),
            risk_score: flip.risk_score.map(u32::from),
            verdict: flip.verdict.to_owned(),
        }
    }
}
