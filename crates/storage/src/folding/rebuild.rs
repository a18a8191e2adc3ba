//! Building what was folded anew, from stored events.

use std::collections::HashMap;

use innerwall_event::TenantId;
use innerwall_scoring::Stored;
use tokio_postgres::Row;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::replay::{NAMES, corrupt, select_stored, stored};
use crate::tenant_tx::TenantTx;

/// Held by the session: a transaction that waited for it would see what was there before.
pub(crate) const LOCK_OUT: &str = "SELECT pg_advisory_lock(7401, $1)::text";
pub(crate) const UNLOCK: &str = "SELECT pg_advisory_unlock(7401, $1)";
/// Clearing a large tenant takes longer than any statement of a service may.
pub(crate) const NO_TIMEOUT: &str = "SELECT set_config('statement_timeout', '0', true)";
/// Plans made for tables that were never looked at take any index for as good as any other.
pub(crate) const LOOK: &str =
    "ANALYZE entities, links, sessions, entity_days, kind_hours, event_counts, field_changes";
pub(crate) const CLEAR: &str = "
    WITH pending AS (DELETE FROM pending_folds WHERE tenant_id = $1),
        failed AS (DELETE FROM failed_folds WHERE tenant_id = $1),
        things AS (DELETE FROM entities WHERE tenant_id = $1),
        linked AS (DELETE FROM links WHERE tenant_id = $1),
        days AS (DELETE FROM entity_days WHERE tenant_id = $1),
        hours AS (DELETE FROM kind_hours WHERE tenant_id = $1),
        visits AS (DELETE FROM sessions WHERE tenant_id = $1)
    DELETE FROM field_changes WHERE tenant_id = $1";
/// Minutes from before the oldest event that is still stored are kept: nothing else knows them.
pub(crate) const CLEAR_MINUTES: &str = "
    DELETE FROM event_counts WHERE tenant_id = $1 AND minute >= (
        SELECT date_trunc('minute', min(event_time)) FROM events WHERE tenant_id = $1)";
pub(crate) const NETWORK_NAMES: &str = "SELECT asn, name FROM networks WHERE tenant_id = $1";
pub(crate) const EVENTS: &str = select_stored!(
    "AND (events.user_no, events.user_seq) > ($2, $3)
     ORDER BY events.user_no, events.user_seq LIMIT $4"
);

/// A stored event and whom it is of.
#[derive(Clone, Debug)]
pub struct UserEvent {
    pub user_no: i64,
    /// Contact details as known now.
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Version of the rules that judged it.
    pub rule_set: i32,
    pub stored: Stored,
}

/// Waits for the fold lock of a tenant and holds it until [`unlock`] or the end of the session.
pub async fn lock_out(connection: &Connection, tenant: TenantId) -> Result<(), StorageError> {
    connection.0.query_one(LOCK_OUT, &[&tenant.0]).await?;
    Ok(())
}

/// Gives the fold lock back.
pub async fn unlock(connection: &Connection, tenant: TenantId) -> Result<(), StorageError> {
    connection.0.query_one(UNLOCK, &[&tenant.0]).await?;
    Ok(())
}

/// Forgets all that was folded, and all changes that wait and can be seen.
pub async fn clear(tx: &TenantTx<'_>) -> Result<(), StorageError> {
    tx.query(NO_TIMEOUT, &[]).await?;
    tx.execute(CLEAR, &[&tx.tenant().0]).await?;
    tx.execute(CLEAR_MINUTES, &[&tx.tenant().0]).await?;
    Ok(())
}

/// Tells the database what the tables hold by now. Once some of the rows are there is enough.
pub async fn look(tx: &TenantTx<'_>) -> Result<(), StorageError> {
    tx.execute(LOOK, &[]).await?;
    Ok(())
}

/// Names of networks by their numbers.
pub async fn network_names(tx: &TenantTx<'_>) -> Result<HashMap<u32, String>, StorageError> {
    let rows = tx.query(NETWORK_NAMES, &[&tx.tenant().0]).await?;
    let name = |row: &Row| Some((u32::try_from(row.get::<_, i64>(0)).ok()?, row.get(1)));
    Ok(rows.iter().filter_map(name).collect())
}

/// The next events by user, and of each in the order they were scored, after a user and sequence
/// number.
pub async fn user_events(
    tx: &TenantTx<'_>,
    after: (i64, u32),
    limit: i64,
) -> Result<Vec<UserEvent>, StorageError> {
    let tenant = tx.tenant().0;
    let sequence = i32::try_from(after.1).unwrap_or(i32::MAX);
    let rows = tx.query(EVENTS, &[&tenant, &after.0, &sequence, &limit]).await?;
    let mut numbers: Vec<i64> = rows.iter().map(|row| row.get(38)).collect();
    numbers.dedup();
    let users = tx.query(NAMES, &[&tenant, &numbers]).await?;
    let users: HashMap<i64, &Row> = users.iter().map(|row| (row.get(0), row)).collect();
    let event = |row: &Row| {
        let user_no: i64 = row.get(38);
        let user = users.get(&user_no).ok_or_else(|| corrupt(format!("user {user_no}")))?;
        Ok(UserEvent {
            user_no,
            email: user.get(2),
            phone: user.get(3),
            rule_set: row.get(26),
            stored: stored(row, user.get(1))?,
        })
    };
    rows.iter().map(event).collect()
}
