//! How long data is kept.

use std::collections::BTreeMap;

use innerwall_event::Timestamp;
use innerwall_storage::retention::{Kind, Preview, Run};
use serde::Serialize;
use utoipa::ToSchema;

/// How long each kind of data is kept, and what was last done about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Retention)]
pub(crate) struct RetentionView {
    pub(crate) kinds: Vec<KindView>,
    /// What goes by itself after some days, whatever is set here.
    pub(crate) fixed_days: BTreeMap<&'static str, i32>,
}

/// One kind of data.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RetentionKind)]
pub(crate) struct KindView {
    /// `events`, `sessions`, `entities`, `field_changes`, `score_history`, `decisions` or `logbook`.
    pub(crate) kind: &'static str,
    /// Null: kept for ever.
    pub(crate) keep_days: Option<i32>,
    pub(crate) days_min: i32,
    pub(crate) days_max: i32,
    /// Null before the first run.
    pub(crate) last_run: Option<RunView>,
}

/// The run under way, or else the last one.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RetentionRun)]
pub(crate) struct RunView {
    /// `running` or `done`.
    pub(crate) state: &'static str,
    /// What happened before goes.
    pub(crate) cutoff: String,
    /// Rows removed one by one; partitions that were dropped are not counted.
    pub(crate) rows_removed: i64,
    pub(crate) started_at: String,
    pub(crate) finished_at: Option<String>,
}

/// What settings would remove. Nothing was removed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RetentionPreview)]
pub(crate) struct RetentionPreviewView {
    pub(crate) kinds: Vec<KindPreview>,
}

/// What a setting would remove of one kind.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RetentionKindPreview)]
pub(crate) struct KindPreview {
    pub(crate) kind: &'static str,
    pub(crate) keep_days: Option<i32>,
    /// Null when everything is kept.
    pub(crate) cutoff: Option<String>,
    pub(crate) rows: i64,
    /// Whether `rows` is a lower bound.
    pub(crate) rows_capped: bool,
    /// About how many bytes those rows take.
    pub(crate) bytes: i64,
    /// Time of the oldest row there is.
    pub(crate) oldest: Option<String>,
}

impl KindView {
    pub(crate) fn new(kind: Kind, keep_days: Option<i32>, run: Option<&Run>) -> Self {
        let (days_min, days_max) = kind.days();
        let last_run = run.map(RunView::from);
        Self { kind: kind.name(), keep_days, days_min, days_max, last_run }
    }
}

impl From<&Run> for RunView {
    fn from(run: &Run) -> Self {
        Self {
            state: if run.is_running { "running" } else { "done" },
            cutoff: run.cutoff.to_rfc3339(),
            rows_removed: run.rows_removed,
            started_at: run.started_at.to_rfc3339(),
            finished_at: run.finished_at.map(Timestamp::to_rfc3339),
        }
    }
}

impl KindPreview {
    pub(crate) fn new(
        kind: Kind,
        keep_days: Option<i32>,
        cutoff: Option<Timestamp>,
        (found, rows_max): (Preview, i64),
    ) -> Self {
        Self {
            kind: kind.name(),
            keep_days,
            cutoff: cutoff.map(Timestamp::to_rfc3339),
            rows: found.rows,
            rows_capped: found.rows >= rows_max,
            bytes: found.bytes,
            oldest: found.oldest.map(Timestamp::to_rfc3339),
        }
    }
}
