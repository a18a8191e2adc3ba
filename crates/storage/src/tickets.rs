//! One-time secrets that let somebody set a password: the first owner, someone invited, or an
//! operator who has lost theirs.

use innerwall_auth::SecretDigest;
use innerwall_event::{TenantId, Timestamp};
use tokio_postgres::types::ToSql;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const FIND: &str = "
    SELECT ticket_id, tenant_id, tenant_name, kind, email, role, operator_id FROM find_ticket($1)";
pub(crate) const ADD: &str = "
    INSERT INTO tickets
        (tenant_id, digest, kind, email, role, operator_id, created_by, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    RETURNING ticket_id";
pub(crate) const INVITATIONS: &str = "
    SELECT ticket_id, email, role, created_by, created_at, expires_at FROM tickets
    WHERE tenant_id = $1 AND kind = 'invitation' AND ended_at IS NULL AND expires_at > now()
    ORDER BY ticket_id DESC LIMIT $2";
pub(crate) const END: &str = "
    UPDATE tickets SET ended_at = now()
    WHERE tenant_id = $1 AND ticket_id = $2 AND ended_at IS NULL AND expires_at > now()";
pub(crate) const END_INVITATION: &str = "
    UPDATE tickets SET ended_at = now()
    WHERE tenant_id = $1 AND ticket_id = $2 AND kind = 'invitation' AND ended_at IS NULL
    RETURNING email";
pub(crate) const END_ALIKE: &str = "
    UPDATE tickets SET ended_at = now()
    WHERE tenant_id = $1 AND kind = $2 AND email IS NOT DISTINCT FROM $3 AND ended_at IS NULL";

/// What a ticket lets its holder do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: i32,
    pub tenant: TenantId,
    pub tenant_name: String,
    /// `setup`, `invitation` or `reset`.
    pub kind: String,
    pub email: Option<String>,
    pub role: String,
    pub operator: Option<i32>,
}

/// A ticket to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewTicket<'a> {
    pub digest: &'a SecretDigest,
    pub kind: &'a str,
    pub email: Option<&'a str>,
    pub role: &'a str,
    pub operator: Option<i32>,
    pub created_by: &'a str,
    pub expires_at: Timestamp,
}

/// An invitation that waits.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub id: i32,
    pub email: String,
    pub role: String,
    pub created_by: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Finds a ticket that has not been used, taken back or expired.
pub async fn find(
    connection: &Connection,
    digest: &SecretDigest,
) -> Result<Option<Ticket>, StorageError> {
    let statement = connection.0.prepare_cached(FIND).await?;
    let row = connection.0.query_opt(&statement, &[&digest.0.as_slice()]).await?;
    Ok(row.map(|row| Ticket {
        id: row.get(0),
        tenant: TenantId(row.get(1)),
        tenant_name: row.get(2),
        kind: row.get(3),
        email: row.get(4),
        role: row.get(5),
        operator: row.get(6),
    }))
}

/// Writes a ticket in the place of those of the same kind for the same address.
pub async fn add(tx: &TenantTx<'_>, new: &NewTicket<'_>) -> Result<i32, StorageError> {
    let NewTicket { digest, kind, email, role, operator, created_by, expires_at } = *new;
    let (tenant, digest, expires_at) = (tx.tenant().0, digest.0.as_slice(), PgTime(expires_at));
    tx.execute(END_ALIKE, &[&tenant, &kind, &email]).await?;
    let values: [&(dyn ToSql + Sync); 8] =
        [&tenant, &digest, &kind, &email, &role, &operator, &created_by, &expires_at];
    let rows = tx.query(ADD, &values).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Invitations that wait, newest first.
pub async fn invitations(tx: &TenantTx<'_>, limit: i64) -> Result<Vec<Invitation>, StorageError> {
    let rows = tx.query(INVITATIONS, &[&tx.tenant().0, &limit]).await?;
    let invitation = |row: &tokio_postgres::Row| Invitation {
        id: row.get(0),
        email: row.get::<_, Option<String>>(1).unwrap_or_default(),
        role: row.get(2),
        created_by: row.get(3),
        created_at: row.get::<_, PgTime>(4).0,
        expires_at: row.get::<_, PgTime>(5).0,
    };
    Ok(rows.iter().map(invitation).collect())
}

/// Uses a ticket up; false when somebody was faster.
pub async fn end(tx: &TenantTx<'_>, id: i32) -> Result<bool, StorageError> {
    Ok(tx.execute(END, &[&tx.tenant().0, &id]).await? > 0)
}

/// Takes an invitation back; gives the address it was for.
pub async fn end_invitation(tx: &TenantTx<'_>, id: i32) -> Result<Option<String>, StorageError> {
    let rows = tx.query(END_INVITATION, &[&tx.tenant().0, &id]).await?;
    Ok(rows.first().and_then(|row| row.get(0)))
}
