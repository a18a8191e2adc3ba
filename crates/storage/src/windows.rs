//! Windows over what users share: registered per tenant, counted in cells that are only added to.

use std::collections::HashMap;

use futures_util::future;
use innerwall_event::Timestamp;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Rows read of one cell: eleven buckets of a thousand distinct members, cut where more would
/// change nothing.
const CELL_ROWS_MAX: i64 = 1_100;

/// A window that is new to the tenant begins with the version that brought it.
pub(crate) const REGISTER: &str = "
    INSERT INTO windows (tenant_id, since_version, identity)
    SELECT $1, $2, identity FROM unnest($3::bigint[]) AS identity ORDER BY identity
    ON CONFLICT (tenant_id, identity) WHERE retired_at IS NULL DO NOTHING";
pub(crate) const IN_USE: &str = "
    SELECT identity, window_no, since_version, is_warm FROM windows
    WHERE tenant_id = $1 AND retired_at IS NULL AND identity = ANY($2)";
/// The numbers that a version counted under, also of windows that are retired by now.
pub(crate) const NUMBERS: &str = "
    SELECT DISTINCT ON (identity) identity, window_no FROM windows
    WHERE tenant_id = $1 AND since_version <= $2 AND identity = ANY($3)
    ORDER BY identity, since_version DESC";
pub(crate) const RETIRE_OTHERS: &str = "
    UPDATE windows SET retired_at = now()
    WHERE tenant_id = $1 AND retired_at IS NULL AND NOT identity = ANY($2)";
pub(crate) const SET_WARM: &str = "
    UPDATE windows SET is_warm = true WHERE tenant_id = $1 AND window_no = ANY($2)";
pub(crate) const LOAD: &str = "
    SELECT wanted.window_no, wanted.key, found.bucket, found.member, found.events, found.total
    FROM unnest($2::int[], $3::bigint[], $4::int[]) AS wanted(window_no, key, from_bucket)
    CROSS JOIN LATERAL (
        SELECT bucket, member, events, total FROM window_cells
        WHERE tenant_id = $1 AND window_no = wanted.window_no AND key = wanted.key
            AND bucket >= wanted.from_bucket
        ORDER BY bucket DESC LIMIT $5) AS found";
/// Rows go in key order, as everywhere: no two transactions wait for each other in a circle.
pub(crate) const ADD: &str = "
    INSERT INTO window_cells (tenant_id, window_no, key, bucket, member, expires_at, events, total)
    SELECT $1, window_no, key, bucket, member, expires_at, events, total
    FROM unnest($2::int[], $3::bigint[], $4::int[], $5::bigint[], $6::timestamptz[], $7::int[],
                $8::bigint[])
        AS new(window_no, key, bucket, member, expires_at, events, total)
    ORDER BY window_no, key, bucket, member
    ON CONFLICT (tenant_id, window_no, key, bucket, member) DO UPDATE SET
        events = window_cells.events + EXCLUDED.events,
        total = window_cells.total + EXCLUDED.total";
/// Like `ADD`, for windows whose total is a time: the latest one stays.
pub(crate) const ADD_TIMES: &str = "
    INSERT INTO window_cells (tenant_id, window_no, key, bucket, member, expires_at, events, total)
    SELECT $1, window_no, key, bucket, member, expires_at, events, total
    FROM unnest($2::int[], $3::bigint[], $4::int[], $5::bigint[], $6::timestamptz[], $7::int[],
                $8::bigint[])
        AS new(window_no, key, bucket, member, expires_at, events, total)
    ORDER BY window_no, key, bucket, member
    ON CONFLICT (tenant_id, window_no, key, bucket, member) DO UPDATE SET
        events = window_cells.events + EXCLUDED.events,
        total = greatest(window_cells.total, EXCLUDED.total)";

/// A window as it is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisteredWindow {
    pub identity: i64,
    pub number: i32,
    pub since_version: i32,
    pub is_warm: bool,
}

/// A cell to be read, and the oldest bucket that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WantedCell {
    pub window: i32,
    pub key: i64,
    pub from_bucket: i32,
}

/// One row of a cell, read or to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellRow {
    pub window: i32,
    pub key: i64,
    pub bucket: i32,
    pub member: i64,
    pub events: i32,
    pub total: i64,
}

/// What a transaction adds to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellDelta {
    pub row: CellRow,
    pub expires_at: Timestamp,
    /// The total is a time of which the latest stays, not a sum.
    pub is_time: bool,
}

/// Registers the windows of a rule set and gives all of them.
pub async fn register(
    tx: &TenantTx<'_>,
    version: i32,
    identities: &[i64],
) -> Result<Vec<RegisteredWindow>, StorageError> {
    let known = in_use(tx, identities).await?;
    if known.len() == identities.len() {
        return Ok(known);
    }
    tx.execute(REGISTER, &[&tx.tenant().0, &version, &identities]).await?;
    in_use(tx, identities).await
}

/// The registered ones of some windows.
pub async fn in_use(
    tx: &TenantTx<'_>,
    identities: &[i64],
) -> Result<Vec<RegisteredWindow>, StorageError> {
    let rows = tx.query(IN_USE, &[&tx.tenant().0, &identities]).await?;
    let window = |row: &tokio_postgres::Row| RegisteredWindow {
        identity: row.get(0),
        number: row.get(1),
        since_version: row.get(2),
        is_warm: row.get(3),
    };
    Ok(rows.iter().map(window).collect())
}

/// Numbers under which a version of the rules counted, by identity.
pub async fn numbers(
    tx: &TenantTx<'_>,
    version: i32,
    identities: &[i64],
) -> Result<HashMap<u64, u32>, StorageError> {
    let rows = tx.query(NUMBERS, &[&tx.tenant().0, &version, &identities]).await?;
    let number = |row: &tokio_postgres::Row| {
        (row.get::<_, i64>(0).cast_unsigned(), row.get::<_, i32>(1).unsigned_abs())
    };
    Ok(rows.iter().map(number).collect())
}

/// Ends every window that is not among these.
pub async fn retire_others(tx: &TenantTx<'_>, identities: &[i64]) -> Result<(), StorageError> {
    tx.execute(RETIRE_OTHERS, &[&tx.tenant().0, &identities]).await?;
    Ok(())
}

/// Notes that events from before these windows have been counted in.
pub async fn set_warm(tx: &TenantTx<'_>, windows: &[i32]) -> Result<(), StorageError> {
    tx.execute(SET_WARM, &[&tx.tenant().0, &windows]).await?;
    Ok(())
}

/// Reads cells as committed.
pub async fn load(tx: &TenantTx<'_>, wanted: &[WantedCell]) -> Result<Vec<CellRow>, StorageError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let columns = Columns::of(wanted)
        .add(|cell| cell.window)
        .add(|cell| cell.key)
        .add(|cell| cell.from_bucket);
    let tenant = tx.tenant().0;
    let mut parameters = columns.after(&[&tenant]);
    parameters.push(&CELL_ROWS_MAX);
    let row = |row: &tokio_postgres::Row| CellRow {
        window: row.get(0),
        key: row.get(1),
        bucket: row.get(2),
        member: row.get(3),
        events: row.get(4),
        total: row.get(5),
    };
    Ok(tx.query(LOAD, &parameters).await?.iter().map(row).collect())
}

/// Adds to cells. Each row may be named once.
pub async fn add(tx: &TenantTx<'_>, deltas: &[CellDelta]) -> Result<(), StorageError> {
    let (times, sums): (Vec<CellDelta>, Vec<CellDelta>) =
        deltas.iter().partition(|delta| delta.is_time);
    let (sums, times) =
        future::join(add_rows(tx, ADD, &sums), add_rows(tx, ADD_TIMES, &times)).await;
    sums.and(times)
}

async fn add_rows(
    tx: &TenantTx<'_>,
    statement: &'static str,
    deltas: &[CellDelta],
) -> Result<(), StorageError> {
    if deltas.is_empty() {
        return Ok(());
    }
    let columns = Columns::of(deltas)
        .add(|delta| delta.row.window)
        .add(|delta| delta.row.key)
        .add(|delta| delta.row.bucket)
        .add(|delta| delta.row.member)
        .add(|delta| PgTime(delta.expires_at))
        .add(|delta| delta.row.events)
        .add(|delta| delta.row.total);
    tx.execute(statement, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}
