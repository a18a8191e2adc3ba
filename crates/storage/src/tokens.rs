//! Bearer tokens, with which machines read and decide.

use innerwall_auth::SecretDigest;
use innerwall_event::{TenantId, Timestamp};
use tokio_postgres::types::ToSql;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const FIND: &str = "
    SELECT tenant_id, tenant_name, time_zone, label, scopes, creator, creator_role
    FROM find_token($1)";
pub(crate) const ADD: &str = "
    INSERT INTO tokens (tenant_id, digest, label, scopes, created_by, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6) RETURNING token_id";
pub(crate) const LIST: &str = "
    SELECT tokens.token_id, tokens.label, tokens.scopes, operators.email, tokens.created_at,
        tokens.expires_at, tokens.revoked_at
    FROM tokens LEFT JOIN operators ON operators.id = tokens.created_by
    WHERE tokens.tenant_id = $1 AND tokens.operator_id IS NULL
    ORDER BY tokens.token_id DESC LIMIT $2";
pub(crate) const REVOKE: &str = "
    UPDATE tokens SET revoked_at = now()
    WHERE tenant_id = $1 AND token_id = $2 AND revoked_at IS NULL RETURNING label, digest";
pub(crate) const IN_USE: &str = "
    SELECT count(*) FROM tokens
    WHERE tenant_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())";

/// A token with its tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub tenant: TenantId,
    pub tenant_name: String,
    pub time_zone: String,
    pub label: String,
    /// Names of permissions; `None` from before there were scopes.
    pub scopes: Option<Vec<String>>,
    /// Who made it and what role that operator has now; `None` when it was made on the command line.
    pub creator: Option<(i32, String)>,
}

/// A token to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewToken<'a> {
    pub digest: &'a SecretDigest,
    pub label: &'a str,
    pub scopes: &'a [String],
    pub created_by: Option<i32>,
    pub expires_at: Option<Timestamp>,
}

/// A token in a list. The token itself is not stored.
#[derive(Clone, Debug)]
pub struct TokenRow {
    pub id: i32,
    pub label: String,
    pub scopes: Option<Vec<String>>,
    pub created_by: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

/// Finds a token that is neither revoked nor expired and whose creator may still sign in.
pub async fn find(
    connection: &Connection,
    digest: &SecretDigest,
) -> Result<Option<Token>, StorageError> {
    let statement = connection.0.prepare_cached(FIND).await?;
    let row = connection.0.query_opt(&statement, &[&digest.0.as_slice()]).await?;
    Ok(row.map(|row| {
        let (creator, role): (Option<i32>, Option<String>) = (row.get(5), row.get(6));
        Token {
            tenant: TenantId(row.get(0)),
            tenant_name: row.get(1),
            time_zone: row.get(2),
            label: row.get(3),
            scopes: row.get(4),
            creator: creator.zip(role),
        }
    }))
}

pub async fn add(tx: &TenantTx<'_>, new: &NewToken<'_>) -> Result<i32, StorageError> {
    let NewToken { digest, label, scopes, created_by, expires_at } = *new;
    let (tenant, digest, expires_at) = (tx.tenant().0, digest.0.as_slice(), expires_at.map(PgTime));
    let values: [&(dyn ToSql + Sync); 6] =
        [&tenant, &digest, &label, &scopes, &created_by, &expires_at];
    let rows = tx.query(ADD, &values).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Tokens, newest first.
pub async fn list(tx: &TenantTx<'_>, limit: i64) -> Result<Vec<TokenRow>, StorageError> {
    let rows = tx.query(LIST, &[&tx.tenant().0, &limit]).await?;
    let token = |row: &tokio_postgres::Row| TokenRow {
        id: row.get(0),
        label: row.get(1),
        scopes: row.get(2),
        created_by: row.get(3),
        created_at: row.get::<_, PgTime>(4).0,
        expires_at: row.get::<_, Option<PgTime>>(5).map(|time| time.0),
        revoked_at: row.get::<_, Option<PgTime>>(6).map(|time| time.0),
    };
    Ok(rows.iter().map(token).collect())
}

/// Tokens that open something.
pub async fn in_use(tx: &TenantTx<'_>) -> Result<i64, StorageError> {
    let rows = tx.query(IN_USE, &[&tx.tenant().0]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Revokes a token; gives its label and digest.
pub async fn revoke(
    tx: &TenantTx<'_>,
    id: i32,
) -> Result<Option<(String, SecretDigest)>, StorageError> {
    let rows = tx.query(REVOKE, &[&tx.tenant().0, &id]).await?;
    Ok(rows.first().map(|row| {
        let digest: [u8; 32] = row.get::<_, Vec<u8>>(1).try_into().unwrap_or_default();
        (row.get(0), SecretDigest(digest))
    }))
}
