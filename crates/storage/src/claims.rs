//! Claims: who comes first takes effect.

use std::collections::{HashMap, HashSet};

use innerwall_event::EventDigest;
use uuid::Uuid;

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

/// Sorted, so that two transactions claiming the same batches wait for each other in one order.
pub(crate) const CLAIM_BATCHES: &str = "
    INSERT INTO batch_claims (tenant_id, batch_id)
    SELECT $1, batch_id FROM unnest($2::uuid[]) AS batch_id ORDER BY batch_id
    ON CONFLICT DO NOTHING
    RETURNING batch_id";
pub(crate) const KNOWN_BATCHES: &str = "
    SELECT batch_id FROM batch_claims WHERE tenant_id = $1 AND batch_id = ANY($2)";
pub(crate) const CLAIM_EVENTS: &str = "
    INSERT INTO event_claims (tenant_id, event_id, content)
    SELECT $1, event_id, content FROM unnest($2::uuid[], $3::bigint[]) AS new(event_id, content)
    ORDER BY event_id
    ON CONFLICT DO NOTHING
    RETURNING event_id";
/// A statement of its own, so that it sees what a concurrent winner has committed.
pub(crate) const CLAIMED_CONTENTS: &str = "
    SELECT event_id, content FROM event_claims WHERE tenant_id = $1 AND event_id = ANY($2)";
pub(crate) const FORGET_OLD: &str = "SELECT forget_old_claims($1)";

/// What claiming an event that its producer named gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Claim {
    /// This delivery is the one that takes effect.
    First,
    /// The same content took effect before.
    Duplicate,
    /// Other content took effect under this id.
    Conflict,
}

/// Claims batches; gives those that nobody had claimed before.
pub async fn claim_batches(tx: &TenantTx<'_>, ids: &[Uuid]) -> Result<HashSet<Uuid>, StorageError> {
    let rows = tx.query(CLAIM_BATCHES, &[&tx.tenant().0, &ids]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Which of these batches have been claimed before.
pub async fn known_batches(tx: &TenantTx<'_>, ids: &[Uuid]) -> Result<HashSet<Uuid>, StorageError> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = tx.query(KNOWN_BATCHES, &[&tx.tenant().0, &ids]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Claims events by the ids their producer gave; each id may be named once.
pub async fn claim_events(
    tx: &TenantTx<'_>,
    named: &[(Uuid, EventDigest)],
) -> Result<HashMap<Uuid, Claim>, StorageError> {
    if named.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = named.iter().map(|(id, _)| *id).collect();
    let contents: Vec<i64> = named.iter().map(|(_, digest)| digest.short()).collect();
    let won = tx.query(CLAIM_EVENTS, &[&tx.tenant().0, &ids, &contents]).await?;
    let mut claims: HashMap<Uuid, Claim> =
        won.iter().map(|row| (row.get(0), Claim::First)).collect();
    let lost: Vec<Uuid> = ids.into_iter().filter(|id| !claims.contains_key(id)).collect();
    if lost.is_empty() {
        return Ok(claims);
    }
    for row in tx.query(CLAIMED_CONTENTS, &[&tx.tenant().0, &lost]).await? {
        let claimed: (Uuid, i64) = (row.get(0), row.get(1));
        let is_same = named.iter().any(|(id, digest)| (*id, digest.short()) == claimed);
        claims.insert(claimed.0, if is_same { Claim::Duplicate } else { Claim::Conflict });
    }
    Ok(claims)
}

/// Whether an id is claimed for other content.
pub async fn is_claimed_for_other(
    tx: &TenantTx<'_>,
    id: Uuid,
    digest: EventDigest,
) -> Result<bool, StorageError> {
    let rows = tx.query(CLAIMED_CONTENTS, &[&tx.tenant().0, &[id].as_slice()]).await?;
    Ok(rows.iter().any(|row| row.get::<_, i64>(1) != digest.short()))
}

/// Drops claims beyond their horizon and old rows of the live feed; gives how many rows went.
pub async fn forget_old(
    connection: &crate::Connection,
    rows_max: i32,
) -> Result<i64, StorageError> {
    let statement = connection.0.prepare_cached(FORGET_OLD).await?;
    Ok(connection.0.query_one(&statement, &[&rows_max]).await?.get(0))
}
