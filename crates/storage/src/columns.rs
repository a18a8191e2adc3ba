//! Rows turned into one array per column, the form in which many rows are written at once.

use tokio_postgres::types::ToSql;

/// Collects columns in the order of the statement's parameters.
pub(crate) struct Columns<'r, T> {
    rows: &'r [T],
    arrays: Vec<Box<dyn ToSql + Sync + Send + 'r>>,
}

impl<'r, T> Columns<'r, T> {
    pub(crate) fn of(rows: &'r [T]) -> Self {
        Self { rows, arrays: Vec::new() }
    }

    /// Adds the next column.
    #[must_use]
    pub(crate) fn add<V>(mut self, value: impl Fn(&'r T) -> V) -> Self
    where
        V: ToSql + Sync + Send + 'r,
    {
        let array: Vec<V> = self.rows.iter().map(value).collect();
        self.arrays.push(Box::new(array));
        self
    }

    /// Parameters of the statement: `first`, then one array per column.
    pub(crate) fn after<'p>(
        &'p self,
        first: &[&'p (dyn ToSql + Sync)],
    ) -> Vec<&'p (dyn ToSql + Sync)> {
        let arrays = self.arrays.iter().map(|array| &**array as &(dyn ToSql + Sync));
        first.iter().copied().chain(arrays).collect()
    }
}
