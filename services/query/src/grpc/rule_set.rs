//! Versions of rule sets and changes of them as protobuf.

use innerwall_wire::query as proto;
use serde::Serialize;

use super::convert::time;
use crate::view::{
    ChangeAnswer, DiffAnswer, PreviewView, RescoreView, RuleSetView, TriedUser, VersionPage,
    VersionView,
};

/// What serialises without fail: texts, numbers and maps of them.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Counts are far below the limit of either type.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl From<VersionView> for proto::RuleSetVersion {
    fn from(made: VersionView) -> Self {
        let created_at = time(&made.created_at);
        let VersionView { version, author, reason, is_current, .. } = made;
        Self { version, author, reason, created_at, is_current }
    }
}

impl From<RuleSetView> for proto::GetRuleSetResponse {
    fn from(set: RuleSetView) -> Self {
        Self { content_json: json(&set.content), version: Some(set.made.into()) }
    }
}

impl From<VersionPage> for proto::ListRuleSetVersionsResponse {
    fn from(page: VersionPage) -> Self {
        Self {
            versions: page.items.into_iter().map(proto::RuleSetVersion::from).collect(),
            next_cursor: page.next_cursor.unwrap_or_default(),
        }
    }
}

impl From<DiffAnswer> for proto::DiffRuleSetsResponse {
    fn from(diff: DiffAnswer) -> Self {
        Self { changes_json: json(&diff.changes) }
    }
}

impl From<ChangeAnswer> for proto::ChangeRuleSetResponse {
    fn from(answer: ChangeAnswer) -> Self {
        Self {
            version: answer.version.unwrap_or_default(),
            changes_json: json(&answer.changes),
            preview: answer.preview.map(proto::RuleSetPreview::from),
        }
    }
}

impl From<PreviewView> for proto::RuleSetPreview {
    fn from(preview: PreviewView) -> Self {
        Self {
            faults: preview.faults.into_iter().map(proto::Fault::from).collect(),
            rules: count(preview.rules),
            windows: count(preview.windows),
            sampled: count(preview.sampled),
            rescored: count(preview.rescored),
            flips: preview.flips.into_iter().map(proto::TriedUser::from).collect(),
        }
    }
}

impl From<TriedUser> for proto::TriedUser {
    fn from(user: TriedUser) -> Self {
        Self {
            user_id: user.user_id,
            trust_before: user.trust_before.into(),
            trust_after: user.trust_after.into(),
            verdict_before: user.verdict_before.to_owned(),
            verdict_after: user.verdict_after.to_owned(),
        }
    }
}

impl From<RescoreView> for proto::GetRescoreResponse {
    fn from(job: RescoreView) -> Self {
        Self {
            state: job.state,
            target_version: job.target_version.unwrap_or_default(),
            reason: job.reason.unwrap_or_default(),
            users_total: job.users_total,
            users_done: job.users_done,
            requested_at: job.requested_at.as_deref().and_then(time),
            finished_at: job.finished_at.as_deref().and_then(time),
            error: job.error.unwrap_or_default(),
            cases_opened: job.cases_opened,
            users_blocked: job.users_blocked,
            blocks_withheld: job.blocks_withheld,
        }
    }
}
