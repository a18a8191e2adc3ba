//! API keys.

use innerwall_auth::SecretDigest;
use innerwall_event::TenantId;

use crate::error::StorageError;
use crate::pool::Connection;

pub(crate) const FIND: &str = "
    SELECT tenant_id, events_per_second FROM api_keys WHERE digest = $1 AND revoked_at IS NULL";

/// What a key allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub tenant: TenantId,
    pub events_per_second: u32,
}

/// Finds a key that is not revoked.
pub async fn find(
    connection: &Connection,
    digest: &SecretDigest,
) -> Result<Option<ApiKey>, StorageError> {
    let statement = connection.0.prepare_cached(FIND).await?;
    let row = connection.0.query_opt(&statement, &[&digest.0.as_slice()]).await?;
    Ok(row.map(|row| ApiKey {
        tenant: TenantId(row.get(0)),
        events_per_second: row.get::<_, i32>(1).unsigned_abs(),
    }))
}
