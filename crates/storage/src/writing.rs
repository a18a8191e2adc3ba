//! What a scoring transaction writes to shared tables, ready to be sent in one go.

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::{feed, folding, shared, tallies, windows};

const SHARED: [&str; 9] = [
    tallies::ADD_USER_AGENTS,
    tallies::ADD_DEVICES,
    tallies::ADD_NETWORKS,
    feed::ADD,
    folding::ADD,
    shared::ADD_CONTACTS,
    windows::ADD,
    windows::ADD_TIMES,
    tallies::ADD_ADDRESSES,
];

/// Prepares the statements: from here on, writes that are polled one after the other reach the
/// server in that order. One that the connection had yet to prepare would come out of turn.
pub async fn prepare(tx: &TenantTx<'_>) -> Result<(), StorageError> {
    for statement in SHARED {
        tx.prepared(statement).await?;
    }
    Ok(())
}
