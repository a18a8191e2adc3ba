//! Erasing a user everywhere: the number ends first, then what is stored under it goes in small
//! transactions. [`PERSONAL`] says of every table what becomes of it.

mod inventory;

use innerwall_event::{TenantId, Timestamp};
use sha2::{Digest, Sha256};
use tokio_postgres::Row;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub use inventory::{PERSONAL, Treatment};

pub(crate) const KNOWS: &str = "
    SELECT EXISTS (SELECT 1 FROM user_state WHERE tenant_id = $1 AND user_id = $2)";
pub(crate) const REQUEST: &str = "
    INSERT INTO erasures (tenant_id, user_id, subject, requested_by) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING id";
pub(crate) const OPEN: &str = "SELECT id FROM erasures WHERE tenant_id = $1 AND user_id = $2";
pub(crate) const PAGE: &str = "
    SELECT id, subject, state, rows_erased, requested_by, requested_at, started_at, finished_at
    FROM erasures WHERE tenant_id = $1 AND ($2::bigint IS NULL OR id < $2)
    ORDER BY id DESC LIMIT $3";
pub(crate) const ONE: &str = "
    SELECT id, subject, state, rows_erased, requested_by, requested_at, started_at, finished_at
    FROM erasures WHERE tenant_id = $1 AND id = $2";
pub(crate) const TENANTS: &str = "SELECT tenants_to_erase_in()";
/// One scorer at a time works on an erasure; the others leave it alone.
pub(crate) const TAKE: &str = "
    SELECT id, user_id, user_no, last_fold, subject FROM erasures
    WHERE tenant_id = $1 AND user_id IS NOT NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";
pub(crate) const ENTOMB: &str = "SELECT entomb_user($1, $2)";
pub(crate) const START: &str = "
    UPDATE erasures SET state = 'running', started_at = now(), user_no = $3,
        last_fold = (SELECT max(id) FROM pending_folds WHERE tenant_id = $1)
    WHERE tenant_id = $1 AND id = $2";
pub(crate) const COUNT: &str = "
    UPDATE erasures SET rows_erased = rows_erased + $3 WHERE tenant_id = $1 AND id = $2";
pub(crate) const FINISH: &str = "
    UPDATE erasures SET state = 'done', finished_at = now(), user_id = NULL
    WHERE tenant_id = $1 AND id = $2";
/// Whoever reads or writes what is folded takes the lock of folding first.
pub(crate) const LOCK_FOLD: &str = "SELECT pg_advisory_xact_lock(7401, $1)";
pub(crate) const TABLES: &str = "SELECT tables_of_users()";
pub(crate) const ROWS: &str = "SELECT erase_rows($1, $2, $3, $4)";
pub(crate) const ADDRESSES: &str = "SELECT erase_addresses($1, $2, $3)";
pub(crate) const LINKS: &str = "SELECT erase_links($1, $2, $3)";
pub(crate) const NAMED: &str = "SELECT erase_id($1, $2)";
pub(crate) const PARKED: &str = "
    SELECT id, message FROM parked WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3";
pub(crate) const FAILED_FOLDS: &str = "
    SELECT id, changes FROM failed_folds WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3";
pub(crate) const ENCODED: &str = "SELECT erase_encoded($1, $2, $3)";
pub(crate) const WAITS_FOR_FOLD: &str = "
    SELECT EXISTS (SELECT 1 FROM pending_folds WHERE tenant_id = $1 AND id <= $2)";
pub(crate) const ERASED: &str = "
    SELECT user_no FROM erased_users WHERE tenant_id = $1 AND user_no = ANY($2)";
pub(crate) const USER_NO: &str = "
    SELECT user_no FROM user_state WHERE tenant_id = $1 AND user_id = $2";
pub(crate) const USER_ROWS: &str = "SELECT rows_of_user($1, $2, $3, $4)";

/// How far an erasure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub id: i64,
    /// SHA-256 of the user id.
    pub subject: Vec<u8>,
    pub state: String,
    pub rows_erased: i64,
    pub requested_by: String,
    pub requested_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
}

/// An erasure to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub id: i64,
    pub user_id: String,
    /// `None` until the user is entombed.
    pub user_no: Option<i64>,
    last_fold: Option<i64>,
    pub subject: Vec<u8>,
}

/// SHA-256 of a user id: what stays of a user who was erased.
pub fn subject_of(user_id: &str) -> Vec<u8> {
    Sha256::digest(user_id.as_bytes()).to_vec()
}

/// Asks for a user to be erased; gives the number of the erasure, the one under way when there is
/// one already, or `None` of a user that is not there.
pub async fn request(
    tx: &TenantTx<'_>,
    user_id: &str,
    requested_by: &str,
) -> Result<Option<i64>, StorageError> {
    let tenant = tx.tenant().0;
    let known = tx.query(KNOWS, &[&tenant, &user_id]).await?;
    let asked = if known.first().is_some_and(|row| row.get(0)) {
        let subject = subject_of(user_id);
        tx.query(REQUEST, &[&tenant, &user_id, &subject, &requested_by]).await?
    } else {
        Vec::new()
    };
    let rows = if asked.is_empty() { tx.query(OPEN, &[&tenant, &user_id]).await? } else { asked };
    Ok(rows.first().map(|row| row.get(0)))
}

/// Erasures, newest first.
pub async fn page(
    tx: &TenantTx<'_>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Progress>, StorageError> {
    let rows = tx.query(PAGE, &[&tx.tenant().0, &before, &limit]).await?;
    Ok(rows.iter().map(progress_of).collect())
}

/// One erasure.
pub async fn one(tx: &TenantTx<'_>, id: i64) -> Result<Option<Progress>, StorageError> {
    let rows = tx.query(ONE, &[&tx.tenant().0, &id]).await?;
    Ok(rows.first().map(progress_of))
}

/// Tenants with users to erase.
pub async fn tenants(connection: &Connection) -> Result<Vec<TenantId>, StorageError> {
    let statement = connection.0.prepare_cached(TENANTS).await?;
    let rows = connection.0.query(&statement, &[]).await?;
    Ok(rows.iter().map(|row| TenantId(row.get(0))).collect())
}

/// Takes the oldest erasure for this transaction; `None` when there is none to take.
pub async fn take(tx: &TenantTx<'_>) -> Result<Option<Erasure>, StorageError> {
    let rows = tx.query(TAKE, &[&tx.tenant().0]).await?;
    Ok(rows.first().map(|row| Erasure {
        id: row.get(0),
        user_id: row.get(1),
        user_no: row.get(2),
        last_fold: row.get(3),
        subject: row.get(4),
    }))
}

/// Ends the user: later events make a new one. Gives whether the user was there.
pub async fn entomb(tx: &TenantTx<'_>, erasure: &Erasure) -> Result<bool, StorageError> {
    let tenant = tx.tenant().0;
    let rows = tx.query(ENTOMB, &[&tenant, &erasure.id]).await?;
    let user_no: Option<i64> = rows.first().and_then(|row| row.get(0));
    let Some(user_no) = user_no else { return Ok(false) };
    tx.execute(START, &[&tenant, &erasure.id, &user_no]).await?;
    Ok(true)
}

/// Waits for folding to leave the tenant alone until the transaction ends.
pub async fn lock_fold(tx: &TenantTx<'_>) -> Result<(), StorageError> {
    tx.query(LOCK_FOLD, &[&tx.tenant().0]).await?;
    Ok(())
}

/// Tables that know users by number.
pub async fn tables(tx: &TenantTx<'_>) -> Result<Vec<String>, StorageError> {
    Ok(tx.query(TABLES, &[]).await?.iter().map(|row| row.get(0)).collect())
}

/// Removes some rows of an erased user from a table; gives how many.
pub async fn erase_rows(
    tx: &TenantTx<'_>,
    table: &str,
    user_no: i64,
    rows_max: i32,
) -> Result<i64, StorageError> {
    let rows = match table {
        "address_users" => tx.query(ADDRESSES, &[&tx.tenant().0, &user_no, &rows_max]).await?,
        "links" => tx.query(LINKS, &[&tx.tenant().0, &user_no, &rows_max]).await?,
        _ => tx.query(ROWS, &[&tx.tenant().0, &table, &user_no, &rows_max]).await?,
    };
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Removes what names the user by id.
pub async fn erase_named(tx: &TenantTx<'_>, erasure: &Erasure) -> Result<i64, StorageError> {
    let rows = tx.query(NAMED, &[&tx.tenant().0, &erasure.id]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Parked messages of the tenant after one of them, to be looked into.
pub async fn parked_after(
    tx: &TenantTx<'_>,
    id: i64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, StorageError> {
    let rows = tx.query(PARKED, &[&tx.tenant().0, &id, &limit]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Changes of the tenant that could not be folded, after one of them, to be looked into.
pub async fn failed_folds_after(
    tx: &TenantTx<'_>,
    id: i64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, StorageError> {
    let rows = tx.query(FAILED_FOLDS, &[&tx.tenant().0, &id, &limit]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Removes parked messages, and changes that could not be folded.
pub async fn erase_encoded(
    tx: &TenantTx<'_>,
    parked: &[i64],
    folds: &[i64],
) -> Result<i64, StorageError> {
    let rows = tx.query(ENCODED, &[&tx.tenant().0, &parked, &folds]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Counts what was removed.
pub async fn count(tx: &TenantTx<'_>, id: i64, rows: i64) -> Result<(), StorageError> {
    tx.execute(COUNT, &[&tx.tenant().0, &id, &rows]).await?;
    Ok(())
}

/// Whether changes from before the user was entombed still wait to be folded.
pub async fn waits_for_fold(tx: &TenantTx<'_>, erasure: &Erasure) -> Result<bool, StorageError> {
    let Some(last) = erasure.last_fold else { return Ok(false) };
    let rows = tx.query(WAITS_FOR_FOLD, &[&tx.tenant().0, &last]).await?;
    Ok(rows.first().is_some_and(|row| row.get(0)))
}

/// Ends an erasure, and forgets the id.
pub async fn finish(tx: &TenantTx<'_>, id: i64) -> Result<(), StorageError> {
    tx.execute(FINISH, &[&tx.tenant().0, &id]).await?;
    Ok(())
}

/// Which of some user numbers are erased: whoever folds changes drops them.
pub async fn erased_of(tx: &TenantTx<'_>, user_nos: &[i64]) -> Result<Vec<i64>, StorageError> {
    let rows = tx.query(ERASED, &[&tx.tenant().0, &user_nos]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// The number of a user.
pub async fn user_no(tx: &TenantTx<'_>, user_id: &str) -> Result<Option<i64>, StorageError> {
    let rows = tx.query(USER_NO, &[&tx.tenant().0, &user_id]).await?;
    Ok(rows.first().map(|row| row.get(0)))
}

/// Rows of a user in a table, as JSON.
pub async fn user_rows(
    tx: &TenantTx<'_>,
    table: &str,
    user_no: i64,
    rows_max: i32,
) -> Result<Vec<serde_json::Value>, StorageError> {
    let rows = tx.query(USER_ROWS, &[&tx.tenant().0, &table, &user_no, &rows_max]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

fn progress_of(row: &Row) -> Progress {
    let time = |index| row.get::<_, Option<PgTime>>(index).map(|time| time.0);
    Progress {
        id: row.get(0),
        subject: row.get(1),
        state: row.get(2),
        rows_erased: row.get(3),
        requested_by: row.get(4),
        requested_at: time(5).unwrap_or_default(),
        started_at: time(6),
        finished_at: time(7),
    }
}
