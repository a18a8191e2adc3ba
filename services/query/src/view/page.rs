//! A page of any list.

use serde::Serialize;
use utoipa::ToSchema;

use crate::mask::Masked;

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Where the next page begins; null on the last one.
    pub(crate) next_cursor: Option<String>,
    /// How many the whole list holds; null where counting would take longer than reading.
    pub(crate) total: Option<i64>,
    /// Whether there are more than `total`.
    pub(crate) total_capped: bool,
    /// False when looking ended early: there may be more behind `next_cursor`, even if this page
    /// is not full.
    pub(crate) complete: bool,
}

impl<T> Page<T> {
    /// A page from what was read, one row more than it holds. `cursor` says where a row is.
    pub(crate) fn cut<R>(
        rows: Vec<R>,
        limit: i64,
        cursor: impl Fn(&R) -> String,
        view: impl FnMut(R) -> T,
    ) -> Self {
        let (rows, goes_on) = crate::usecase::cut_page(rows, limit);
        let next_cursor = rows.last().filter(|_| goes_on).map(cursor);
        let items = rows.into_iter().map(view).collect();
        Self { items, next_cursor, total: None, total_capped: false, complete: true }
    }

    /// With a total that was counted up to a limit.
    pub(crate) fn counted(mut self, total: Option<i64>, limit: i64) -> Self {
        self.total = total.map(|total| total.min(limit));
        self.total_capped = total.is_some_and(|total| total > limit);
        self
    }

    /// With the place where looking ended early.
    pub(crate) fn ended_at(mut self, cursor: Option<String>) -> Self {
        if cursor.is_some() {
            self.next_cursor = cursor;
            self.complete = false;
        }
        self
    }
}

impl<T: Masked> Masked for Page<T> {
    fn mask(&mut self) {
        self.items.mask();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: Vec<i64>) -> Page<i64> {
        Page::cut(rows, 2, ToString::to_string, |row| row * 10)
    }

    #[test]
    fn a_page_goes_on_where_one_row_more_was_read() {
        let last = page(vec![1, 2]);
        assert_eq!((last.items, last.next_cursor), (vec![10, 20], None));
        let first = page(vec![1, 2, 3]);
        assert_eq!((first.items, first.next_cursor.as_deref()), (vec![10, 20], Some("2")));
    }

    #[test]
    fn totals_and_ends_say_what_is_not_known() {
        let exact = page(vec![]).counted(Some(10), 10);
        assert_eq!((exact.total, exact.total_capped), (Some(10), false));
        let capped = page(vec![]).counted(Some(11), 10);
        assert_eq!((capped.total, capped.total_capped), (Some(10), true));
        assert!(page(vec![1]).ended_at(None).complete);
        let cut = page(vec![1]).ended_at(Some("7".to_owned()));
        assert_eq!((cut.next_cursor.as_deref(), cut.complete), (Some("7"), false));
    }
}
