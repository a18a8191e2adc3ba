//! Making decisions: lists, the case, the label and the note of who did it, all of it or nothing.
//!
//! Order of locks, for everyone who decides: users by `lock`, then their cases and entries of lists
//! in key order, then who is to be judged again (`judgements`), once per transaction.

mod note;
mod undo;
mod user;
mod value;

use innerwall_event::Timestamp;
use innerwall_scoring::Source;
use uuid::Uuid;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

pub(crate) use note::before_user;
pub use note::decided;
use note::{entry, noted};
pub use undo::{Undone, undo};
pub use user::{Finding, UserAction, UserDecision, about_user};
pub use value::{about_entry, about_value, action_of, import};

/// Of those who are there, in the order of the ids given, which are sorted.
pub(crate) const LOCK_USERS: &str = "
    SELECT found.user_id, found.user_no FROM unnest($2::text[]) AS wanted
    CROSS JOIN LATERAL (
        SELECT user_id, user_no FROM user_state
        WHERE tenant_id = $1 AND user_id = wanted COLLATE \"C\" FOR UPDATE) AS found";

/// A user, locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedUser {
    pub user_id: String,
    pub user_no: i64,
}

/// Who decides, and why.
#[derive(Clone, Copy, Debug)]
pub struct Order<'o> {
    pub source: Source,
    pub actor: &'o str,
    pub reason: &'o str,
    pub expires_at: Option<Timestamp>,
    /// Decisions made by one request.
    pub batch: Option<Uuid>,
}

/// Locks users until the transaction ends; those nobody knows are left out. `user_ids` is sorted.
pub async fn lock(tx: &TenantTx<'_>, user_ids: &[&str]) -> Result<Vec<DecidedUser>, StorageError> {
    let rows = tx.query(LOCK_USERS, &[&tx.tenant().0, &user_ids]).await?;
    let user = |row: &tokio_postgres::Row| DecidedUser { user_id: row.get(0), user_no: row.get(1) };
    Ok(rows.iter().map(user).collect())
}
