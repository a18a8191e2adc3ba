//! The review queue.

use innerwall_rules::RuleSet;
use innerwall_scoring::Band;
use innerwall_storage::cases::{CaseCounts, CaseRow, QueuedCase};
use innerwall_storage::notes::Note;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::HitName;
use super::standing::{DecisionView, StandingView};
use crate::export::{CsvLine, CsvRow};
use crate::mask::{self, Masked};

/// A user in review.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Case)]
pub(crate) struct CaseView {
    pub(crate) case_id: i64,
    pub(crate) user_id: String,
    /// `open` or `decided`.
    pub(crate) state: String,
    /// `legitimate`, `fraud`, `closed`, `blocked` or `allowed`; null while the case is open.
    pub(crate) outcome: Option<String>,
    pub(crate) opened_at: String,
    /// `threshold`, `person` or `token`.
    pub(crate) source: String,
    pub(crate) opened_by: String,
    pub(crate) reason: String,
    /// The event that brought the user here.
    pub(crate) event_id: Option<String>,
    /// The rule that brought the user here.
    pub(crate) rule: Option<HitName>,
    /// When the case was opened.
    pub(crate) trust_at_opening: Option<i32>,
    pub(crate) assignee: Option<String>,
    pub(crate) decided_at: Option<String>,
    pub(crate) decided_by: Option<String>,
    /// To be sent with a change: it is refused when somebody else was faster.
    pub(crate) version: i32,
}

/// A case in the queue, with its user as it is now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = QueuedCase)]
pub(crate) struct QueuedCaseView {
    #[serde(flatten)]
    pub(crate) case: CaseView,
    /// 0 worst to 99 best.
    pub(crate) trust_score: i32,
    /// `low` (0-32), `medium` (33-66) or `high` (67-99).
    pub(crate) band: &'static str,
    pub(crate) email: Option<String>,
    /// Reason of the weightiest rule that fires against the user.
    pub(crate) top_reason: Option<String>,
    /// The rules that fire.
    pub(crate) rules: Vec<HitName>,
}

/// A page of the queue.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CasePage {
    pub(crate) items: Vec<QueuedCaseView>,
    /// Null on the last page.
    pub(crate) next_cursor: Option<String>,
    /// Cases that match, counted up to 10,000.
    pub(crate) total: i64,
    pub(crate) total_capped: bool,
}

/// Open cases, for badges.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = CaseCounts)]
pub(crate) struct CaseCountsView {
    pub(crate) open: i64,
    pub(crate) unassigned: i64,
    /// Assigned to who asks.
    pub(crate) mine: i64,
    /// Open for more than a day.
    pub(crate) old: i64,
    pub(crate) blocked_users: i64,
    pub(crate) watched_users: i64,
}

/// A case with everything that was said and decided about its user.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CaseDetail)]
pub(crate) struct CaseDetailView {
    #[serde(flatten)]
    pub(crate) case: CaseView,
    pub(crate) standing: StandingView,
    /// The newest first, at most 200.
    pub(crate) notes: Vec<NoteView>,
    /// The newest first, at most 50.
    pub(crate) decisions: Vec<DecisionView>,
}

/// What someone wrote about a user.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Note)]
pub(crate) struct NoteView {
    pub(crate) note_id: i64,
    /// The case it was written in; null for a note about the user apart from any.
    pub(crate) case_id: Option<i64>,
    pub(crate) at: String,
    pub(crate) author: String,
    pub(crate) text: String,
}

/// What became of many decisions.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct BulkAnswer {
    /// The decisions carry it.
    pub(crate) batch: String,
    pub(crate) decided: usize,
    /// One per case asked for, in the same order.
    pub(crate) items: Vec<BulkItem>,
}

/// What became of one of many decisions.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct BulkItem {
    pub(crate) case_id: i64,
    /// `decided`, `changed` when somebody was faster, or `not_found`.
    pub(crate) result: String,
    pub(crate) user_id: Option<String>,
    pub(crate) decision_id: Option<i64>,
    /// What happened instead.
    pub(crate) detail: Option<String>,
}

impl CsvRow for QueuedCaseView {
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "user_id",
        "state",
        "outcome",
        "opened_at",
        "source",
        "opened_by",
        "reason",
        "event_id",
        "rule",
        "trust_at_opening",
        "assignee",
        "decided_at",
        "decided_by",
        "trust_score",
        "band",
        "email",
        "top_reason",
        "rules",
    ];

    fn cells(&self, line: &mut CsvLine<'_>) {
        let case = &self.case;
        line.number(case.case_id);
        line.text(&case.user_id);
        line.text(&case.state);
        line.maybe(case.outcome.as_deref());
        for text in [&case.opened_at, &case.source, &case.opened_by, &case.reason] {
            line.text(text);
        }
        line.maybe(case.event_id.as_deref());
        line.maybe(case.rule.as_ref().map(|rule| rule.rule_id.as_str()));
        line.maybe_number(case.trust_at_opening);
        for text in [&case.assignee, &case.decided_at, &case.decided_by] {
            line.maybe(text.as_deref());
        }
        line.number(self.trust_score);
        line.text(self.band);
        line.maybe(self.email.as_deref());
        line.maybe(self.top_reason.as_deref());
        line.list(self.rules.iter().map(|rule| rule.rule_id.as_str()));
    }
}

impl Masked for QueuedCaseView {
    fn mask(&mut self) {
        mask::each(&mut self.email, mask::email);
    }
}

impl Masked for CasePage {
    fn mask(&mut self) {
        self.items.mask();
    }
}

impl Masked for CaseDetailView {
    fn mask(&mut self) {
        self.decisions.mask();
    }
}

impl CaseView {
    pub(crate) fn new(row: CaseRow, rules: &RuleSet) -> Self {
        let time = innerwall_event::Timestamp::to_rfc3339;
        Self {
            case_id: row.id,
            user_id: row.user_id,
            state: row.state,
            outcome: row.outcome,
            opened_at: time(row.opened_at),
            source: row.source,
            opened_by: row.opened_by,
            reason: row.reason,
            event_id: row.event_id.map(|id| id.to_string()),
            rule: row.rule.map(|id| HitName::of(rules, &id)),
            trust_at_opening: row.trust.map(i32::from),
            assignee: row.assignee,
            decided_at: row.decided_at.map(time),
            decided_by: row.decided_by,
            version: row.version,
        }
    }
}

impl QueuedCaseView {
    pub(crate) fn new(queued: QueuedCase, rules: &RuleSet) -> Self {
        Self {
            trust_score: queued.trust_now.into(),
            band: Band::of(queued.trust_now).name(),
            email: queued.email,
            top_reason: queued.top_reason,
            rules: queued.rules.iter().map(|id| HitName::of(rules, id)).collect(),
            case: CaseView::new(queued.case, rules),
        }
    }
}

impl CaseCountsView {
    pub(crate) fn new(counts: CaseCounts, blocked_users: i64, watched_users: i64) -> Self {
        let CaseCounts { open, unassigned, mine, old } = counts;
        Self { open, unassigned, mine, old, blocked_users, watched_users }
    }
}

impl From<Note> for NoteView {
    fn from(note: Note) -> Self {
        let Note { id, case_id, at, author, text } = note;
        Self { note_id: id, case_id, at: at.to_rfc3339(), author, text }
    }
}
