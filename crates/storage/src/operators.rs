//! People who sign in, and bearer tokens.

use innerwall_auth::SecretDigest;
use innerwall_event::{TenantId, Timestamp};

use crate::error::StorageError;
use crate::pool::Connection;
use crate::time::PgTime;

pub(crate) const FIND: &str = "
    SELECT id, tenant_id, password_hash, role FROM operators WHERE email = $1";
pub(crate) const ADD_SESSION: &str = "
    INSERT INTO tokens (tenant_id, operator_id, digest, label, expires_at)
    VALUES ($1, $2, $3, 'session', $4)";
pub(crate) const REVOKE: &str = "
    UPDATE tokens SET revoked_at = now() WHERE digest = $1 AND revoked_at IS NULL";
pub(crate) const FIND_TOKEN: &str = "
    SELECT tokens.tenant_id, operators.email, operators.role, tenants.name, tenants.time_zone,
        tokens.label
    FROM tokens
    JOIN tenants ON tenants.id = tokens.tenant_id
    LEFT JOIN operators ON operators.id = tokens.operator_id
    WHERE tokens.digest = $1 AND tokens.revoked_at IS NULL
        AND (tokens.expires_at IS NULL OR tokens.expires_at > now())";

/// An operator who may sign in.
#[derive(Clone, Debug)]
pub struct Operator {
    pub id: i32,
    pub tenant: TenantId,
    pub password_hash: String,
    pub role: String,
}

/// Who a token speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    pub tenant: TenantId,
    pub tenant_name: String,
    pub time_zone: String,
    /// Name of the token; that of a session says nothing.
    pub label: String,
    /// E-mail address and role; `None` for a machine.
    pub operator: Option<(String, String)>,
}

pub async fn find(connection: &Connection, email: &str) -> Result<Option<Operator>, StorageError> {
    let statement = connection.0.prepare_cached(FIND).await?;
    let row = connection.0.query_opt(&statement, &[&email]).await?;
    Ok(row.map(|row| Operator {
        id: row.get(0),
        tenant: TenantId(row.get(1)),
        password_hash: row.get(2),
        role: row.get(3),
    }))
}

/// Stores the token of someone who has signed in.
pub async fn add_session(
    connection: &Connection,
    operator: &Operator,
    digest: &SecretDigest,
    expires_at: Timestamp,
) -> Result<(), StorageError> {
    let statement = connection.0.prepare_cached(ADD_SESSION).await?;
    let expires_at = PgTime(expires_at);
    connection
        .0
        .execute(&statement, &[&operator.tenant.0, &operator.id, &digest.0.as_slice(), &expires_at])
        .await?;
    Ok(())
}

pub async fn revoke_token(
    connection: &Connection,
    digest: &SecretDigest,
) -> Result<(), StorageError> {
    let statement = connection.0.prepare_cached(REVOKE).await?;
    connection.0.execute(&statement, &[&digest.0.as_slice()]).await?;
    Ok(())
}

/// Finds who a token speaks for; `None` when it is unknown, revoked or expired.
pub async fn find_bearer(
    connection: &Connection,
    digest: &SecretDigest,
) -> Result<Option<Bearer>, StorageError> {
    let statement = connection.0.prepare_cached(FIND_TOKEN).await?;
    let row = connection.0.query_opt(&statement, &[&digest.0.as_slice()]).await?;
    Ok(row.map(|row| {
        let (email, role): (Option<String>, Option<String>) = (row.get(1), row.get(2));
        Bearer {
            tenant: TenantId(row.get(0)),
            tenant_name: row.get(3),
            time_zone: row.get(4),
            label: row.get(5),
            operator: email.zip(role),
        }
    }))
}
