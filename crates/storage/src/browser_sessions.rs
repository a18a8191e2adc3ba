//! What browsers hold for people who have signed in.

use innerwall_auth::SecretDigest;
use innerwall_event::{TenantId, Timestamp};
use tokio_postgres::Row;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const FIND: &str = "
    SELECT tenant_id, tenant_name, time_zone, operator_id, email, role, session_no, stage, has_totp
    FROM find_session($1)";
pub(crate) const ADD: &str = "
    INSERT INTO browser_sessions
        (tenant_id, operator_id, digest, stage, expires_at, address, user_agent)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub(crate) const LIST: &str = "
    SELECT session_no, created_at, last_seen_at, expires_at, address, user_agent
    FROM browser_sessions
    WHERE tenant_id = $1 AND operator_id = $2 AND ended_at IS NULL AND expires_at > now()
        AND last_seen_at > now() - interval '30 minutes'
    ORDER BY session_no DESC LIMIT $3";
pub(crate) const END: &str = "
    UPDATE browser_sessions SET ended_at = now()
    WHERE tenant_id = $1 AND operator_id = $2 AND session_no = $3 AND ended_at IS NULL";
pub(crate) const END_OTHERS: &str = "
    UPDATE browser_sessions SET ended_at = now()
    WHERE tenant_id = $1 AND operator_id = $2 AND session_no <> $3 AND ended_at IS NULL";
pub(crate) const FORGET: &str = "
    DELETE FROM browser_sessions
    WHERE tenant_id = $1 AND operator_id = $2 AND expires_at < now() - interval '1 day'";

/// No session has this number.
pub const NO_SESSION: i64 = 0;

/// A session with its operator and tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub tenant: TenantId,
    pub tenant_name: String,
    pub time_zone: String,
    pub operator: i32,
    pub email: String,
    pub role: String,
    pub session_no: i64,
    /// `open`, `totp` or `enrol`.
    pub stage: String,
    pub has_totp: bool,
}

/// A session to be opened.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    pub operator: i32,
    pub digest: &'a SecretDigest,
    pub stage: &'a str,
    pub expires_at: Timestamp,
    pub address: &'a str,
    pub user_agent: &'a str,
}

/// A session in a list.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub session_no: i64,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub address: String,
    pub user_agent: String,
}

/// Finds a session that has not ended, was used lately, and whose operator may still sign in.
pub async fn find(
    connection: &Connection,
    digest: &SecretDigest,
) -> Result<Option<Session>, StorageError> {
    let statement = connection.0.prepare_cached(FIND).await?;
    let row = connection.0.query_opt(&statement, &[&digest.0.as_slice()]).await?;
    Ok(row.map(|row| Session {
        tenant: TenantId(row.get(0)),
        tenant_name: row.get(1),
        time_zone: row.get(2),
        operator: row.get(3),
        email: row.get(4),
        role: row.get(5),
        session_no: row.get(6),
        stage: row.get(7),
        has_totp: row.get(8),
    }))
}

/// Opens a session, and forgets those of the operator that are long over.
pub async fn add(tx: &TenantTx<'_>, new: &NewSession<'_>) -> Result<(), StorageError> {
    let NewSession { operator, digest, stage, expires_at, address, user_agent } = *new;
    let (tenant, digest, expires_at) = (tx.tenant().0, digest.0.as_slice(), PgTime(expires_at));
    tx.execute(FORGET, &[&tenant, &operator]).await?;
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 7] =
        [&tenant, &operator, &digest, &stage, &expires_at, &address, &user_agent];
    tx.execute(ADD, &values).await?;
    Ok(())
}

/// Sessions of an operator that are in use, newest first.
pub async fn list(
    tx: &TenantTx<'_>,
    operator: i32,
    limit: i64,
) -> Result<Vec<SessionRow>, StorageError> {
    let rows = tx.query(LIST, &[&tx.tenant().0, &operator, &limit]).await?;
    Ok(rows.iter().map(session_row).collect())
}

fn session_row(row: &Row) -> SessionRow {
    SessionRow {
        session_no: row.get(0),
        created_at: row.get::<_, PgTime>(1).0,
        last_seen_at: row.get::<_, PgTime>(2).0,
        expires_at: row.get::<_, PgTime>(3).0,
        address: row.get(4),
        user_agent: row.get(5),
    }
}

/// Ends a session; false when there is none to end.
pub async fn end(tx: &TenantTx<'_>, operator: i32, session_no: i64) -> Result<bool, StorageError> {
    Ok(tx.execute(END, &[&tx.tenant().0, &operator, &session_no]).await? > 0)
}

/// Ends all sessions of an operator but one; [`NO_SESSION`] spares none.
pub async fn end_others(tx: &TenantTx<'_>, operator: i32, spared: i64) -> Result<(), StorageError> {
    tx.execute(END_OTHERS, &[&tx.tenant().0, &operator, &spared]).await?;
    Ok(())
}
