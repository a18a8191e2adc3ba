//! Events that could not be scored, kept until an operator decides.

use innerwall_event::{TenantId, Timestamp};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Parking the same message again (a second delivery) changes nothing; parking what an operator
/// had sent again counts an attempt.
pub(crate) const PARK: &str = "
    INSERT INTO parked (tenant_id, event_id, park_key, reason, detail, message)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (park_key) DO UPDATE SET
        state = 'parked', attempts = parked.attempts + 1, reason = EXCLUDED.reason,
        detail = EXCLUDED.detail, last_parked_at = now()
        WHERE parked.state = 'redriving'";
pub(crate) const CLAIM_REDRIVE: &str = "
    SELECT tenant_id IS NOT NULL FROM parked
    WHERE (tenant_id = $1 OR tenant_id IS NULL) AND id = $2 AND state = 'redriving' FOR UPDATE";
pub(crate) const FINISH: &str = "
    UPDATE parked SET state = 'scored'
    WHERE (tenant_id = $1 OR tenant_id IS NULL) AND id = $2 AND state = 'redriving'";
pub(crate) const LIST: &str = "
    SELECT id, tenant_id, event_id, reason, detail, state, attempts, first_parked_at, last_parked_at
    FROM parked WHERE state <> 'scored' AND ($1::int IS NULL OR tenant_id = $1)
    ORDER BY id LIMIT $2";
pub(crate) const START_REDRIVE: &str = "
    UPDATE parked SET state = 'redriving'
    WHERE id = $1 AND state IN ('parked', 'redriving') RETURNING tenant_id, message";

/// What is kept of an event that could not be scored.
#[derive(Clone, Debug)]
pub struct Parking {
    pub event_id: Option<Uuid>,
    /// Equal for two deliveries of the same event.
    pub park_key: Uuid,
    pub reason: &'static str,
    pub detail: String,
    /// The message as it can be sent again.
    pub message: Vec<u8>,
}

/// A parked event in a list.
#[derive(Clone, Debug)]
pub struct ParkedRow {
    pub id: i64,
    pub tenant: Option<i32>,
    pub event_id: Option<Uuid>,
    pub reason: String,
    pub detail: String,
    pub state: String,
    pub attempts: i32,
    pub first_parked_at: Timestamp,
    pub last_parked_at: Timestamp,
}

/// Parks an event in the transaction that failed to score it. Gives whether this was news.
pub async fn park(tx: &TenantTx<'_>, parking: &Parking) -> Result<bool, StorageError> {
    let Parking { event_id, park_key, reason, detail, message } = parking;
    let tenant = tx.tenant().0;
    let changed = tx.execute(PARK, &[&tenant, event_id, park_key, reason, detail, message]).await?;
    Ok(changed > 0)
}

/// Parks a message that names no tenant.
pub async fn park_unreadable(
    connection: &Connection,
    parking: &Parking,
) -> Result<(), StorageError> {
    let Parking { event_id, park_key, reason, detail, message } = parking;
    let statement = connection.0.prepare_cached(PARK).await?;
    let tenant: Option<i32> = None;
    connection
        .0
        .execute(&statement, &[&tenant, event_id, park_key, reason, detail, message])
        .await?;
    Ok(())
}

/// Claims what was parked and sent again; `None` when it is not on its way any more, so that
/// sending it twice has one effect. Gives whether the ledger of a tenant has counted it: what
/// belonged to nobody when it was parked has not been counted.
pub async fn claim_redrive(tx: &TenantTx<'_>, id: i64) -> Result<Option<bool>, StorageError> {
    let rows = tx.query(CLAIM_REDRIVE, &[&tx.tenant().0, &id]).await?;
    Ok(rows.first().map(|row| row.get(0)))
}

/// Marks a parked event as scored.
pub async fn finish(tx: &TenantTx<'_>, id: i64) -> Result<(), StorageError> {
    tx.execute(FINISH, &[&tx.tenant().0, &id]).await?;
    Ok(())
}

/// Parked events, oldest first, of one tenant or of all. Needs the owner's connection.
pub async fn list(
    connection: &Connection,
    tenant: Option<TenantId>,
    limit: i64,
) -> Result<Vec<ParkedRow>, StorageError> {
    let tenant = tenant.map(|tenant| tenant.0);
    let rows = connection.0.query(LIST, &[&tenant, &limit]).await?;
    Ok(rows.iter().map(row_of).collect())
}

/// Marks a parked event as being sent again and gives its tenant and message. Needs the owner's
/// connection.
pub async fn start_redrive(
    connection: &Connection,
    id: i64,
) -> Result<Option<(Option<i32>, Vec<u8>)>, StorageError> {
    let row = connection.0.query_opt(START_REDRIVE, &[&id]).await?;
    Ok(row.map(|row| (row.get(0), row.get(1))))
}

fn row_of(row: &Row) -> ParkedRow {
    let time = |index| row.get::<_, PgTime>(index).0;
    ParkedRow {
        id: row.get(0),
        tenant: row.get(1),
        event_id: row.get(2),
        reason: row.get(3),
        detail: row.get(4),
        state: row.get(5),
        attempts: row.get(6),
        first_parked_at: time(7),
        last_parked_at: time(8),
    }
}
