//! What operators look at often, by names of theirs.

use innerwall_event::Timestamp;
use tokio_postgres::Row;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Views of one operator.
pub const VIEWS_MAX: i64 = 100;

pub(crate) const LIST: &str = "
    SELECT id, page, name, search, saved_at FROM saved_views
    WHERE tenant_id = $1 AND operator_id = $2 ORDER BY page, name LIMIT $3";
/// One operator saves one after the other, so that the limit holds.
pub(crate) const LOCK: &str = "
    SELECT id FROM operators WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE";
/// A view of the same page and name takes the place of the old one, and needs no further room.
pub(crate) const SAVE: &str = "
    INSERT INTO saved_views (tenant_id, operator_id, page, name, search)
    SELECT $1, $2, $3, $4, $5
    WHERE (SELECT count(*) FROM saved_views
           WHERE tenant_id = $1 AND operator_id = $2 AND (page, name) <> ($3, $4)) < $6
    ON CONFLICT (tenant_id, operator_id, page, name) DO UPDATE SET
        search = EXCLUDED.search, saved_at = now()
    RETURNING id, page, name, search, saved_at";
pub(crate) const REMOVE: &str = "
    DELETE FROM saved_views WHERE tenant_id = $1 AND operator_id = $2 AND id = $3";

/// A page and what is asked for there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    pub id: i64,
    pub page: String,
    pub name: String,
    /// The query of the address.
    pub search: String,
    pub saved_at: Timestamp,
}

/// The views of an operator, by page and name.
pub async fn list(tx: &TenantTx<'_>, operator: i32) -> Result<Vec<SavedView>, StorageError> {
    let rows = tx.query(LIST, &[&tx.tenant().0, &operator, &VIEWS_MAX]).await?;
    Ok(rows.iter().map(view_of).collect())
}

/// Saves a view; `None` when the operator has as many as may be.
pub async fn save(
    tx: &TenantTx<'_>,
    operator: i32,
    (page, name, search): (&str, &str, &str),
) -> Result<Option<SavedView>, StorageError> {
    tx.query(LOCK, &[&tx.tenant().0, &operator]).await?;
    let tenant = tx.tenant().0;
    let rows = tx.query(SAVE, &[&tenant, &operator, &page, &name, &search, &VIEWS_MAX]).await?;
    Ok(rows.first().map(view_of))
}

/// Removes a view; `false` when the operator has no such view.
pub async fn remove(tx: &TenantTx<'_>, operator: i32, id: i64) -> Result<bool, StorageError> {
    Ok(tx.execute(REMOVE, &[&tx.tenant().0, &operator, &id]).await? > 0)
}

fn view_of(row: &Row) -> SavedView {
    SavedView {
        id: row.get(0),
        page: row.get(1),
        name: row.get(2),
        search: row.get(3),
        saved_at: row.get::<_, PgTime>(4).0,
    }
}
