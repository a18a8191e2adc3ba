//! People who sign in. Each belongs to one tenant.

use innerwall_event::{TenantId, Timestamp};
use tokio_postgres::Row;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const FIND: &str = "
    SELECT id, tenant_id, tenant_name, password_hash, role, has_totp, require_totp
    FROM find_operator($1)";
pub(crate) const ONE: &str = "
    SELECT id, email, role, password_hash, disabled_at, totp_secret, totp_waiting, totp_step,
        cardinality(recovery_codes)
    FROM operators WHERE tenant_id = $1 AND id = $2 FOR UPDATE";
pub(crate) const LIST: &str = "
    SELECT id, email, role, created_at, disabled_at, password_changed_at,
        totp_secret IS NOT NULL
    FROM operators WHERE tenant_id = $1 ORDER BY id";
pub(crate) const OWNERS: &str = "
    SELECT id FROM operators WHERE tenant_id = $1 AND role = 'owner' AND disabled_at IS NULL
    ORDER BY id FOR UPDATE";
pub(crate) const ADD: &str = "
    INSERT INTO operators (tenant_id, email, password_hash, role) VALUES ($1, $2, $3, $4)
    RETURNING id";
pub(crate) const SET_ROLE: &str = "UPDATE operators SET role = $3 WHERE tenant_id = $1 AND id = $2";
pub(crate) const SET_DISABLED: &str = "
    UPDATE operators SET disabled_at = CASE WHEN $3 THEN now() END WHERE tenant_id = $1 AND id = $2";
pub(crate) const SET_PASSWORD: &str = "
    UPDATE operators SET password_hash = $3, password_changed_at = now()
    WHERE tenant_id = $1 AND id = $2";
pub(crate) const SET_HASH: &str =
    "UPDATE operators SET password_hash = $3 WHERE tenant_id = $1 AND id = $2";

/// An operator who may sign in, as found by the e-mail address.
#[derive(Clone, Debug)]
pub struct Login {
    pub id: i32,
    pub tenant: TenantId,
    pub tenant_name: String,
    pub password_hash: String,
    pub role: String,
    pub has_totp: bool,
    /// The tenant wants a second factor of everybody.
    pub require_totp: bool,
}

/// An operator with all secrets, locked until the transaction ends.
#[derive(Clone)]
pub struct Operator {
    pub id: i32,
    pub email: String,
    pub role: String,
    pub password_hash: String,
    pub is_disabled: bool,
    pub totp_secret: Option<Vec<u8>>,
    pub totp_waiting: Option<Vec<u8>>,
    pub totp_step: i64,
    pub recovery_codes_left: i32,
}

/// An operator in a list.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: i32,
    pub email: String,
    pub role: String,
    pub created_at: Timestamp,
    pub disabled_at: Option<Timestamp>,
    pub password_changed_at: Timestamp,
    pub has_totp: bool,
}

/// Finds who may sign in with an e-mail address.
pub async fn find(connection: &Connection, email: &str) -> Result<Option<Login>, StorageError> {
    let statement = connection.0.prepare_cached(FIND).await?;
    let row = connection.0.query_opt(&statement, &[&email]).await?;
    Ok(row.map(|row| Login {
        id: row.get(0),
        tenant: TenantId(row.get(1)),
        tenant_name: row.get(2),
        password_hash: row.get(3),
        role: row.get(4),
        has_totp: row.get(5),
        require_totp: row.get(6),
    }))
}

/// Reads and locks an operator.
pub async fn one(tx: &TenantTx<'_>, id: i32) -> Result<Option<Operator>, StorageError> {
    let rows = tx.query(ONE, &[&tx.tenant().0, &id]).await?;
    Ok(rows.first().map(|row| Operator {
        id: row.get(0),
        email: row.get(1),
        role: row.get(2),
        password_hash: row.get(3),
        is_disabled: row.get::<_, Option<PgTime>>(4).is_some(),
        totp_secret: row.get(5),
        totp_waiting: row.get(6),
        totp_step: row.get(7),
        recovery_codes_left: row.get(8),
    }))
}

/// All operators of the tenant.
pub async fn list(tx: &TenantTx<'_>) -> Result<Vec<Member>, StorageError> {
    let rows = tx.query(LIST, &[&tx.tenant().0]).await?;
    Ok(rows.iter().map(member).collect())
}

fn member(row: &Row) -> Member {
    Member {
        id: row.get(0),
        email: row.get(1),
        role: row.get(2),
        created_at: row.get::<_, PgTime>(3).0,
        disabled_at: row.get::<_, Option<PgTime>>(4).map(|time| time.0),
        password_changed_at: row.get::<_, PgTime>(5).0,
        has_totp: row.get(6),
    }
}

/// Locks the owners who may sign in, so that two of them cannot remove each other.
pub async fn owners(tx: &TenantTx<'_>) -> Result<Vec<i32>, StorageError> {
    let rows = tx.query(OWNERS, &[&tx.tenant().0]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Adds an operator. [`StorageError::is_taken`] means that the address is taken, by
/// whichever tenant.
pub async fn add(
    tx: &TenantTx<'_>,
    email: &str,
    password_hash: &str,
    role: &str,
) -> Result<i32, StorageError> {
    let rows = tx.query(ADD, &[&tx.tenant().0, &email, &password_hash, &role]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

pub async fn set_role(tx: &TenantTx<'_>, id: i32, role: &str) -> Result<(), StorageError> {
    tx.execute(SET_ROLE, &[&tx.tenant().0, &id, &role]).await?;
    Ok(())
}

/// Lets an operator sign in or not.
pub async fn set_disabled(
    tx: &TenantTx<'_>,
    id: i32,
    is_disabled: bool,
) -> Result<(), StorageError> {
    tx.execute(SET_DISABLED, &[&tx.tenant().0, &id, &is_disabled]).await?;
    Ok(())
}

/// Sets a new password.
pub async fn set_password(tx: &TenantTx<'_>, id: i32, hash: &str) -> Result<(), StorageError> {
    tx.execute(SET_PASSWORD, &[&tx.tenant().0, &id, &hash]).await?;
    Ok(())
}

/// Keeps the same password under a stronger hash.
pub async fn set_hash(tx: &TenantTx<'_>, id: i32, hash: &str) -> Result<(), StorageError> {
    tx.execute(SET_HASH, &[&tx.tenant().0, &id, &hash]).await?;
    Ok(())
}
