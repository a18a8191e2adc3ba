//! Changes that wait to be folded.

use innerwall_event::TenantId;
use innerwall_features::changes::Changes;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;

pub(crate) const ADD: &str = "
    INSERT INTO pending_folds (tenant_id, events, changes) VALUES ($1, $2, $3)";
pub(crate) const WAITING: &str = "SELECT tenant_id, waiting_s FROM tenants_to_fold()";
/// A statement of its own: what is read after it is what the last holder left.
pub(crate) const LOCK: &str = "SELECT pg_try_advisory_xact_lock(7401, $1)";
/// The oldest rows, as many as fit; the first comes however large it is.
pub(crate) const TAKE: &str = "
    SELECT id, events, changes FROM (
        SELECT id, events, changes, sum(events) OVER (ORDER BY id) AS events_so_far,
            sum(octet_length(changes)) OVER (ORDER BY id) AS bytes_so_far,
            row_number() OVER (ORDER BY id) AS place
        FROM (SELECT id, events, changes FROM pending_folds
              WHERE tenant_id = $1 ORDER BY id LIMIT $2) AS oldest) AS counted
    WHERE place = 1 OR (events_so_far <= $3 AND bytes_so_far <= $4) ORDER BY id";
pub(crate) const FINISH: &str = "DELETE FROM pending_folds WHERE tenant_id = $1 AND id = ANY($2)";
pub(crate) const SET_ASIDE: &str = "
    INSERT INTO failed_folds (tenant_id, error, id, events, changes)
    SELECT $1, $2, id, events, changes FROM pending_folds WHERE tenant_id = $1 AND id = $3";

/// A tenant with changes that wait, and how long the oldest has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    pub tenant: TenantId,
    pub seconds: f64,
}

/// Changes of one transaction, still encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub id: i64,
    pub events: i32,
    pub changes: Vec<u8>,
}

/// Leaves the changes of a transaction to be folded.
pub async fn add(tx: &TenantTx<'_>, events: i32, changes: &Changes) -> Result<(), StorageError> {
    if !changes.is_empty() {
        tx.execute(ADD, &[&tx.tenant().0, &events, &changes.to_bytes()]).await?;
    }
    Ok(())
}

/// Tenants with changes that wait.
pub async fn waiting(connection: &Connection) -> Result<Vec<Waiting>, StorageError> {
    let statement = connection.0.prepare_cached(WAITING).await?;
    let rows = connection.0.query(&statement, &[]).await?;
    let waiting =
        |row: &tokio_postgres::Row| Waiting { tenant: TenantId(row.get(0)), seconds: row.get(1) };
    Ok(rows.iter().map(waiting).collect())
}

/// Takes the fold lock until the transaction ends; `false` when another has it.
pub async fn lock(tx: &TenantTx<'_>) -> Result<bool, StorageError> {
    let rows = tx.query(LOCK, &[&tx.tenant().0]).await?;
    Ok(rows.first().is_some_and(|row| row.get(0)))
}

/// The oldest changes that wait: at most so many rows, events and bytes, and at least one.
pub async fn take(
    tx: &TenantTx<'_>,
    rows_max: i64,
    events_max: i64,
    bytes_max: i64,
) -> Result<Vec<Pending>, StorageError> {
    let rows = tx.query(TAKE, &[&tx.tenant().0, &rows_max, &events_max, &bytes_max]).await?;
    let pending = |row: &tokio_postgres::Row| Pending {
        id: row.get(0),
        events: row.get(1),
        changes: row.get(2),
    };
    Ok(rows.iter().map(pending).collect())
}

/// Forgets changes that are folded.
pub async fn finish(tx: &TenantTx<'_>, ids: &[i64]) -> Result<(), StorageError> {
    tx.execute(FINISH, &[&tx.tenant().0, &ids]).await?;
    Ok(())
}

/// Sets changes aside that cannot be folded.
pub async fn set_aside(tx: &TenantTx<'_>, id: i64, error: &str) -> Result<(), StorageError> {
    tx.execute(SET_ASIDE, &[&tx.tenant().0, &error, &id]).await?;
    finish(tx, &[id]).await
}
