//! The account of every event: accepted = scored + duplicate + conflict + parked + in flight.

use innerwall_event::TenantId;
use uuid::Uuid;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;

pub(crate) const ADD_OUTCOMES: &str = "
    INSERT INTO ledger_outcomes (tenant_id, gateway_id, shard, arrived, scored, duplicate, conflict, parked)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (tenant_id, gateway_id, shard) DO UPDATE SET
        arrived = ledger_outcomes.arrived + EXCLUDED.arrived,
        scored = ledger_outcomes.scored + EXCLUDED.scored,
        duplicate = ledger_outcomes.duplicate + EXCLUDED.duplicate,
        conflict = ledger_outcomes.conflict + EXCLUDED.conflict,
        parked = ledger_outcomes.parked + EXCLUDED.parked";
/// Totals only grow, so a late or repeated report does no harm.
pub(crate) const REPORT_GATEWAY: &str = "
    INSERT INTO ledger_gateways (tenant_id, gateway_id, confirmed, unconfirmed)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (tenant_id, gateway_id) DO UPDATE SET
        confirmed = greatest(ledger_gateways.confirmed, EXCLUDED.confirmed),
        unconfirmed = greatest(ledger_gateways.unconfirmed, EXCLUDED.unconfirmed),
        updated_at = now()";
/// Per gateway, what it answered for and has not arrived is in flight; what arrived without an
/// answer counts as accepted all the same.
pub(crate) const READ: &str = "
    WITH arrived AS (
        SELECT gateway_id, sum(arrived)::bigint AS arrived, sum(scored)::bigint AS scored,
            sum(duplicate)::bigint AS duplicate, sum(conflict)::bigint AS conflict,
            sum(parked)::bigint AS parked
        FROM ledger_outcomes WHERE tenant_id = $1 GROUP BY gateway_id),
    gateways AS (
        SELECT gateway_id, confirmed, unconfirmed FROM ledger_gateways WHERE tenant_id = $1)
    SELECT
        coalesce(sum(greatest(gateways.confirmed, arrived.arrived)), 0)::bigint,
        coalesce(sum(gateways.unconfirmed), 0)::bigint,
        coalesce(sum(arrived.scored), 0)::bigint,
        coalesce(sum(arrived.duplicate), 0)::bigint,
        coalesce(sum(arrived.conflict), 0)::bigint,
        coalesce(sum(arrived.parked), 0)::bigint,
        coalesce(sum(greatest(gateways.confirmed - coalesce(arrived.arrived, 0), 0)), 0)::bigint
    FROM gateways FULL JOIN arrived USING (gateway_id)";

/// What became of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    pub arrived: i64,
    pub scored: i64,
    pub duplicate: i64,
    pub conflict: i64,
    pub parked: i64,
}

/// The ledger of a tenant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub accepted: i64,
    /// Refused to the producer because the broker did not answer; some may have been stored.
    pub unconfirmed: i64,
    pub scored: i64,
    pub duplicate: i64,
    pub conflict: i64,
    pub parked: i64,
    pub in_flight: i64,
}

impl Ledger {
    /// Whether every accepted event is accounted for.
    pub fn is_balanced(&self) -> bool {
        let ended = self.scored + self.duplicate + self.conflict + self.parked;
        self.accepted == ended + self.in_flight
    }
}

/// Adds what became of the events of one gateway, in the transaction that decided it.
pub async fn add(
    tx: &TenantTx<'_>,
    gateway: Uuid,
    shard: i16,
    outcomes: Outcomes,
) -> Result<(), StorageError> {
    let Outcomes { arrived, scored, duplicate, conflict, parked } = outcomes;
    let tenant = tx.tenant().0;
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 8] =
        [&tenant, &gateway, &shard, &arrived, &scored, &duplicate, &conflict, &parked];
    tx.execute(ADD_OUTCOMES, &parameters).await?;
    Ok(())
}

/// Reports how many events a gateway has answered for since it started.
pub async fn report(
    connection: &mut Connection,
    tenant: TenantId,
    gateway: Uuid,
    confirmed: i64,
    unconfirmed: i64,
) -> Result<(), StorageError> {
    let tx = connection.begin(tenant).await?;
    tx.execute(REPORT_GATEWAY, &[&tenant.0, &gateway, &confirmed, &unconfirmed]).await?;
    tx.commit().await
}

pub async fn read(tx: &TenantTx<'_>) -> Result<Ledger, StorageError> {
    let rows = tx.query(READ, &[&tx.tenant().0]).await?;
    let Some(row) = rows.first() else {
        return Ok(Ledger::default());
    };
    Ok(Ledger {
        accepted: row.get(0),
        unconfirmed: row.get(1),
        scored: row.get(2),
        duplicate: row.get(3),
        conflict: row.get(4),
        parked: row.get(5),
        in_flight: row.get(6),
    })
}
