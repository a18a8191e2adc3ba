//! What became of undoing everything that one request decided.

use innerwall_storage::deciding::Undone;
use innerwall_storage::decisions::DecisionRow;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::standing::mask_value;
use crate::mask::Masked;

/// Decisions that are named in an answer; more are only counted.
const ITEMS_MAX: usize = 1_000;

/// What became of undoing a batch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct UndoneBatch {
    pub(crate) batch: String,
    /// The decisions that undid it carry this: undoing can be undone.
    pub(crate) undo_batch: String,
    pub(crate) undone: usize,
    /// Decisions that stand.
    pub(crate) kept: usize,
    /// The first thousand, those that stand before the others.
    pub(crate) items: Vec<UndoneItem>,
    /// False when time ran out: asking again goes on.
    pub(crate) complete: bool,
}

/// What became of one decision of a batch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct UndoneItem {
    pub(crate) decision_id: i64,
    pub(crate) kind: String,
    pub(crate) value: String,
    /// `undone`, `superseded` (a later decision about the same stands) or `not_undoable` (nothing was
    /// kept to go back to).
    pub(crate) result: &'static str,
    /// The decision that undid it.
    pub(crate) undone_by: Option<i64>,
    /// Why it stands.
    pub(crate) detail: Option<String>,
}

impl UndoneBatch {
    pub(crate) fn new(batch: Uuid, undo_batch: Uuid) -> Self {
        Self {
            batch: batch.to_string(),
            undo_batch: undo_batch.to_string(),
            undone: 0,
            kept: 0,
            items: Vec::new(),
            complete: false,
        }
    }

    pub(crate) fn add(&mut self, item: UndoneItem) {
        let is_kept = item.undone_by.is_none();
        let at = if is_kept { self.kept } else { self.items.len() };
        self.kept += usize::from(is_kept);
        self.undone += usize::from(!is_kept);
        self.items.insert(at.min(self.items.len()), item);
        self.items.truncate(ITEMS_MAX);
    }
}

impl UndoneItem {
    pub(crate) fn new(row: &DecisionRow, undone: Undone) -> Self {
        let (result, undone_by, detail) = match undone {
            Undone::Done(id) => ("undone", Some(id), None),
            Undone::Impossible => ("not_undoable", None, Some("nothing was kept".to_owned())),
            Undone::Superseded(newest) => {
                let said = format!(
                    "{} decided again at {}: undo decision {} first",
                    newest.actor,
                    newest.at.to_rfc3339(),
                    newest.id
                );
                ("superseded", None, Some(said))
            }
        };
        let (kind, value) = (row.kind.clone(), row.value.clone());
        Self { decision_id: row.id, kind, value, result, undone_by, detail }
    }
}

impl Masked for UndoneBatch {
    fn mask(&mut self) {
        for item in &mut self.items {
            mask_value(&item.kind, &mut item.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(decision_id: i64, undone_by: Option<i64>) -> UndoneItem {
        let (kind, value) = ("user".to_owned(), "ann".to_owned());
        UndoneItem { decision_id, kind, value, result: "undone", undone_by, detail: None }
    }

    #[test]
    fn what_stands_is_named_before_the_others() {
        let mut batch = UndoneBatch::new(Uuid::nil(), Uuid::nil());
        for (id, undone_by) in [(4, Some(9)), (3, None), (2, Some(8)), (1, None)] {
            batch.add(item(id, undone_by));
        }
        let ids: Vec<i64> = batch.items.iter().map(|item| item.decision_id).collect();
        assert_eq!((ids, batch.undone, batch.kept), (vec![3, 1, 4, 2], 2, 2));
    }
}
