//! The live feed: which events each scoring transaction brought.

use innerwall_event::Timestamp;
use uuid::Uuid;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Most events of one transaction that a feed shows; the rest is counted.
pub const SHOWN_MAX: usize = 50;

pub(crate) const ADD: &str = "
    INSERT INTO live_feed (tenant_id, oldest, newest, scored, event_ids)
    VALUES ($1, $2, $3, $4, $5)";
/// Everything below the oldest transaction still running is complete: no row can appear there
/// any more. So each look takes exactly what was committed since the last.
pub(crate) const HORIZON: &str = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
pub(crate) const READ: &str = "
    SELECT oldest, newest, scored, event_ids FROM live_feed
    WHERE tenant_id = $1 AND xid >= $2::bigint::text::xid8 AND xid < $3::bigint::text::xid8
    ORDER BY seq LIMIT 500";

/// The events of one scoring transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    pub oldest: Timestamp,
    pub newest: Timestamp,
    pub scored: i32,
    /// At most [`SHOWN_MAX`] of them.
    pub event_ids: Vec<Uuid>,
}

/// Adds the events of a transaction, when it has any.
pub async fn add(tx: &TenantTx<'_>, entry: Option<&FeedEntry>) -> Result<(), StorageError> {
    let Some(entry) = entry else { return Ok(()) };
    let (oldest, newest) = (PgTime(entry.oldest), PgTime(entry.newest));
    tx.execute(ADD, &[&tx.tenant().0, &oldest, &newest, &entry.scored, &entry.event_ids]).await?;
    Ok(())
}

/// The transaction number below which the feed is complete.
pub async fn horizon(tx: &TenantTx<'_>) -> Result<i64, StorageError> {
    let rows = tx.query(HORIZON, &[]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Entries of transactions from one horizon up to a later one.
pub async fn read(tx: &TenantTx<'_>, from: i64, to: i64) -> Result<Vec<FeedEntry>, StorageError> {
    let rows = tx.query(READ, &[&tx.tenant().0, &from, &to]).await?;
    let entry = |row: &tokio_postgres::Row| FeedEntry {
        oldest: row.get::<_, PgTime>(0).0,
        newest: row.get::<_, PgTime>(1).0,
        scored: row.get(2),
        event_ids: row.get(3),
    };
    Ok(rows.iter().map(entry).collect())
}
