//! Who stood out on days that are over: found out once sessions of a day have changed, for all tenants.

use crate::error::StorageError;
use crate::pool::Connection;

pub(crate) const FIND: &str = "SELECT find_day_tops()";

/// Finds it out for one day that is due; false when none is, or only days of tenants being folded.
pub async fn find(connection: &Connection) -> Result<bool, StorageError> {
    let statement = connection.0.prepare_cached(FIND).await?;
    Ok(connection.0.query_one(&statement, &[]).await?.get(0))
}
