//! Block, allow and watch lists.

use innerwall_storage::lists::ListRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::standing::{JudgedAgain, mask_value};
use crate::export::{CsvLine, CsvRow};
use crate::mask::Masked;

/// An entry of a list, with where it came from.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ListEntry)]
pub(crate) struct ListEntryView {
    pub(crate) entry_id: i64,
    /// `block`, `allow` or `watch`.
    pub(crate) list: &'static str,
    /// `user`, `address`, `prefix`, `network`, `device`, `email`, `domain` or `phone`.
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    /// `person`, `threshold`, `cascade`, `policy`, `token` or `ctl`.
    pub(crate) source: &'static str,
    pub(crate) author: String,
    pub(crate) reason: String,
    pub(crate) created_at: String,
    pub(crate) expires_at: Option<String>,
    /// The user whose block brought the entry.
    pub(crate) cause_user: Option<String>,
    /// The event that caused the entry.
    pub(crate) cause_event: Option<String>,
    /// The rule that caused the entry.
    pub(crate) cause_rule: Option<String>,
}

/// A page of entries.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ListPage {
    pub(crate) items: Vec<ListEntryView>,
    /// Null on the last page.
    pub(crate) next_cursor: Option<String>,
}

/// What a change of a list did.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct ListChange {
    pub(crate) decision_id: i64,
    pub(crate) judged_again: JudgedAgain,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ImportAnswer {
    /// Entries put on lists; a value that is there already counts again.
    pub(crate) imported: usize,
    /// Lines that say the same as a line before.
    pub(crate) repeated: usize,
    /// Lines that were not understood.
    pub(crate) refused: usize,
    /// The first hundred of them.
    pub(crate) errors: Vec<LineError>,
    /// The decisions carry it; null for a trial.
    pub(crate) batch: Option<String>,
    pub(crate) judged_again: JudgedAgain,
}

/// What is wrong with a line of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct LineError {
    /// From 1; the header of a CSV file is a line.
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// What became of labels.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LabelsAnswer {
    pub(crate) labelled: usize,
    /// One per label sent, in the same order.
    pub(crate) items: Vec<LabelResult>,
}

/// What became of a label.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LabelResult {
    /// `labelled`, `not_found` or `invalid`.
    pub(crate) result: &'static str,
    /// The rules that had fired and are judged by the label.
    pub(crate) rules: Vec<String>,
    pub(crate) detail: Option<String>,
}

impl CsvRow for ListEntryView {
    const COLUMNS: &'static [&'static str] = &[
        "entry_id",
        "list",
        "kind",
        "value",
        "source",
        "author",
        "reason",
        "created_at",
        "expires_at",
        "cause_user",
        "cause_event",
        "cause_rule",
    ];

    fn cells(&self, line: &mut CsvLine<'_>) {
        line.number(self.entry_id);
        line.text(self.list);
        line.text(self.kind);
        line.text(&self.value);
        line.text(self.source);
        for text in [&self.author, &self.reason, &self.created_at] {
            line.text(text);
        }
        for text in [&self.expires_at, &self.cause_user, &self.cause_event, &self.cause_rule] {
            line.maybe(text.as_deref());
        }
    }
}

impl Masked for ListEntryView {
    fn mask(&mut self) {
        mask_value(self.kind, &mut self.value);
    }
}

impl Masked for ListPage {
    fn mask(&mut self) {
        self.items.mask();
    }
}

impl From<ListRow> for ListEntryView {
    fn from(row: ListRow) -> Self {
        Self {
            entry_id: row.entry.id,
            list: row.entry.list.name(),
            kind: row.entry.kind.name(),
            value: row.entry.value,
            source: row.entry.source.name(),
            author: row.author,
            reason: row.reason,
            created_at: row.created_at.to_rfc3339(),
            expires_at: row.expires_at.map(innerwall_event::Timestamp::to_rfc3339),
            cause_user: row.entry.cause_user,
            cause_event: row.cause_event.map(|id| id.to_string()),
            cause_rule: row.cause_rule,
        }
    }
}
