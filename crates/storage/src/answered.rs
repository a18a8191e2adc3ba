//! Requests with a key of their own, which have one effect however often they are sent.

use serde_json::Value;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

pub(crate) const FIND: &str = "
    SELECT digest, answer FROM answered_requests WHERE tenant_id = $1 AND actor = $2 AND key = $3";
/// Waits for a request with the same key that is under way.
pub(crate) const KEEP: &str = "
    INSERT INTO answered_requests (tenant_id, actor, key, digest, answer)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";

/// What is known of a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Hash of the request.
    pub digest: i64,
    pub answer: Value,
}

/// The answer given to a key before.
pub async fn find(
    tx: &TenantTx<'_>,
    actor: &str,
    key: &str,
) -> Result<Option<Answered>, StorageError> {
    let rows = tx.query(FIND, &[&tx.tenant().0, &actor, &key]).await?;
    Ok(rows.first().map(|row| Answered { digest: row.get(0), answer: row.get(1) }))
}

/// Keeps the answer of a key; `false` when another request with it was faster.
pub async fn keep(
    tx: &TenantTx<'_>,
    actor: &str,
    key: &str,
    answered: &Answered,
) -> Result<bool, StorageError> {
    let Answered { digest, answer } = answered;
    Ok(tx.execute(KEEP, &[&tx.tenant().0, &actor, &key, digest, answer]).await? > 0)
}
