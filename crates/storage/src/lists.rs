//! Block, allow and watch lists.

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

pub(crate) const IS_BLOCKED: &str = "
    SELECT EXISTS (SELECT 1 FROM list_entries WHERE tenant_id = $1 AND value = $2 AND list = 'block'
        AND (expires_at IS NULL OR expires_at > now()))";
pub(crate) const PUT: &str = "
    INSERT INTO list_entries (tenant_id, list, kind, value, reason, author)
    VALUES ($1, 'block', $2, $3, $4, $5)
    ON CONFLICT (tenant_id, value, list, kind) DO UPDATE SET
        reason = EXCLUDED.reason, author = EXCLUDED.author";
pub(crate) const REMOVE: &str = "
    DELETE FROM list_entries WHERE tenant_id = $1 AND value = $2 AND list = 'block'";

/// Whether a user id, address, e-mail or phone is on the blocklist.
pub async fn is_blocked(tx: &TenantTx<'_>, value: &str) -> Result<bool, StorageError> {
    let rows = tx.query(IS_BLOCKED, &[&tx.tenant().0, &value]).await?;
    Ok(rows.first().is_some_and(|row| row.get(0)))
}

/// Puts a value on the blocklist. `kind` is `user`, `address`, `email` or `phone`.
pub async fn block(
    tx: &TenantTx<'_>,
    kind: &str,
    value: &str,
    reason: &str,
    author: &str,
) -> Result<(), StorageError> {
    tx.execute(PUT, &[&tx.tenant().0, &kind, &value, &reason, &author]).await?;
    Ok(())
}

/// Takes a value off the blocklist; gives whether it was on it.
pub async fn unblock(tx: &TenantTx<'_>, value: &str) -> Result<bool, StorageError> {
    Ok(tx.execute(REMOVE, &[&tx.tenant().0, &value]).await? > 0)
}
