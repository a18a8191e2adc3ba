//! What people wrote about users, in a review or apart from one.

use innerwall_event::Timestamp;
use tokio_postgres::Row;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const ADD: &str = "
    INSERT INTO notes (tenant_id, case_id, user_no, author, text) VALUES ($1, $2, $3, $4, $5)
    RETURNING id, case_id, at, author, text";
pub(crate) const PAGE: &str = "
    SELECT id, case_id, at, author, text FROM notes
    WHERE tenant_id = $1 AND user_no = $2 AND ($3::bigint IS NULL OR id < $3)
    ORDER BY id DESC LIMIT $4";

/// What someone wrote about a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub id: i64,
    /// The case it was written in.
    pub case_id: Option<i64>,
    pub at: Timestamp,
    pub author: String,
    pub text: String,
}

/// Adds a note about a user; gives it as it was stored.
pub async fn add(
    tx: &TenantTx<'_>,
    (user_no, case_id): (i64, Option<i64>),
    author: &str,
    text: &str,
) -> Result<Option<Note>, StorageError> {
    let rows = tx.query(ADD, &[&tx.tenant().0, &case_id, &user_no, &author, &text]).await?;
    Ok(rows.first().map(note_of))
}

/// Notes about a user below a number, the newest first.
pub async fn page(
    tx: &TenantTx<'_>,
    user_no: i64,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Note>, StorageError> {
    let rows = tx.query(PAGE, &[&tx.tenant().0, &user_no, &before, &limit]).await?;
    Ok(rows.iter().map(note_of).collect())
}

fn note_of(row: &Row) -> Note {
    Note {
        id: row.get(0),
        case_id: row.get(1),
        at: row.get::<_, PgTime>(2).0,
        author: row.get(3),
        text: row.get(4),
    }
}
