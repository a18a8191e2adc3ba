//! Partitions of the events table.

use innerwall_event::Timestamp;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::time::PgTime;

pub(crate) const ENSURE: &str = "SELECT ensure_event_partition($1)";

/// Makes sure the partition for the week of a time exists. Runs in its own transaction, before
/// the one that writes.
pub async fn ensure(connection: &Connection, at: Timestamp) -> Result<(), StorageError> {
    let statement = connection.0.prepare_cached(ENSURE).await?;
    connection.0.query(&statement, &[&PgTime(at)]).await?;
    Ok(())
}

/// Number of the week (from a Monday) a time falls into; equal numbers share a partition.
pub fn week_of(at: Timestamp) -> i64 {
    // 1970-01-01 was a Thursday: three days after a Monday.
    (at.as_micros().div_euclid(86_400_000_000) + 3).div_euclid(7)
}
