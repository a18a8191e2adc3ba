//! Versions of rule sets, changes of them, and judging again.

use innerwall_event::Timestamp;
use innerwall_rules::{ListEntry, RuleSetContent, RuleSetDiff};
use innerwall_storage::rescore::JobStatus;
use innerwall_storage::rule_sets::VersionRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ContentSchema, DiffSchema, FaultView};
use crate::mask::{self, Masked};

/// Who made a version, when and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RuleSetVersion)]
pub(crate) struct VersionView {
    pub(crate) version: i32,
    pub(crate) author: String,
    pub(crate) reason: String,
    pub(crate) created_at: String,
    pub(crate) is_current: bool,
}

/// A version with its content.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RuleSet)]
pub(crate) struct RuleSetView {
    #[serde(flatten)]
    pub(crate) made: VersionView,
    #[schema(value_type = ContentSchema)]
    pub(crate) content: RuleSetContent,
}

/// A page of versions, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RuleSetVersionPage)]
pub(crate) struct VersionPage {
    pub(crate) items: Vec<VersionView>,
    /// Null on the last page.
    pub(crate) next_cursor: Option<String>,
}

/// What changed from one version to another.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RuleSetDiffAnswer)]
pub(crate) struct DiffAnswer {
    pub(crate) from_version: i32,
    pub(crate) to_version: i32,
    #[schema(value_type = DiffSchema)]
    pub(crate) changes: RuleSetDiff,
}

/// What became of a change.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RuleSetChangeAnswer)]
pub(crate) struct ChangeAnswer {
    /// The new version; null when the change was only tried.
    pub(crate) version: Option<i32>,
    /// What the change amounts to.
    #[schema(value_type = DiffSchema)]
    pub(crate) changes: RuleSetDiff,
    /// What trying the change found; null when it was made.
    pub(crate) preview: Option<PreviewView>,
}

/// What a change would do. Nothing was changed.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = RuleSetPreview)]
pub(crate) struct PreviewView {
    /// Why it could not be made; empty when it could.
    pub(crate) faults: Vec<FaultView>,
    /// Rules of the set, built-in ones included.
    pub(crate) rules: usize,
    /// Windows that running rules count in.
    pub(crate) windows: usize,
    /// Users tried, those seen last.
    pub(crate) sampled: usize,
    /// Of these, how many would have another score.
    pub(crate) rescored: usize,
    /// Those whose verdict would be another.
    pub(crate) flips: Vec<TriedUser>,
}

/// A user whose verdict would be another.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TriedUser {
    pub(crate) user_id: String,
    pub(crate) trust_before: u8,
    pub(crate) trust_after: u8,
    /// `allow`, `review`, `challenge` or `deny`.
    pub(crate) verdict_before: &'static str,
    pub(crate) verdict_after: &'static str,
}

/// How far judging everybody again is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Rescore)]
pub(crate) struct RescoreView {
    /// `none` when there has never been a job, else `waiting`, `running`, `done` or `failed`.
    pub(crate) state: String,
    pub(crate) target_version: Option<i32>,
    pub(crate) reason: Option<String>,
    pub(crate) users_total: i64,
    pub(crate) users_done: i64,
    pub(crate) requested_at: Option<String>,
    pub(crate) finished_at: Option<String>,
    pub(crate) error: Option<String>,
    /// Cases that were opened because of new scores.
    pub(crate) cases_opened: i32,
    /// Users that were blocked because of new scores.
    pub(crate) users_blocked: i32,
    /// Users beyond the limit of blocks of one job: they are blocked at their next event.
    pub(crate) blocks_withheld: i32,
}

/// Lists may hold addresses of all kinds.
fn mask_entry(entry: &mut ListEntry) {
    mask::text(&mut entry.value);
    mask::text(&mut entry.comment);
}

impl Masked for RuleSetView {
    fn mask(&mut self) {
        self.content.lists.values_mut().flatten().for_each(mask_entry);
    }
}

impl Masked for DiffAnswer {
    fn mask(&mut self) {
        for change in self.changes.lists.values_mut() {
            change.added.iter_mut().chain(&mut change.removed).for_each(mask_entry);
        }
    }
}

impl VersionView {
    pub(crate) fn new(row: VersionRow, current: i32) -> Self {
        let VersionRow { version, author, reason, created_at } = row;
        let (created_at, is_current) = (created_at.to_rfc3339(), version == current);
        Self { version, author, reason, created_at, is_current }
    }
}

impl From<Option<JobStatus>> for RescoreView {
    fn from(job: Option<JobStatus>) -> Self {
        let time = |time: Timestamp| time.to_rfc3339();
        let state = job.as_ref().map_or_else(|| "none".to_owned(), |job| job.state.clone());
        let automated = job.as_ref().map(|job| job.automated).unwrap_or_default();
        let (total, done) = job.as_ref().map_or((0, 0), |job| (job.users_total, job.users_done));
        Self {
            state,
            target_version: job.as_ref().map(|job| job.target_version),
            requested_at: job.as_ref().map(|job| time(job.requested_at)),
            finished_at: job.as_ref().and_then(|job| job.finished_at).map(time),
            users_total: total,
            // Users who come meanwhile are judged by the new rules at once.
            users_done: done.min(total),
            error: job.as_ref().and_then(|job| job.error.clone()),
            cases_opened: automated.cases_opened,
            users_blocked: automated.users_blocked,
            blocks_withheld: automated.blocks_withheld,
            reason: job.map(|job| job.reason),
        }
    }
}
