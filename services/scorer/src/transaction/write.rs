//! Everything a transaction stores. The shared tables come last, always in the same order, each
//! in key order: transactions wait for each other briefly and never in a circle.

use std::collections::BTreeMap;

use futures_util::future;
use innerwall_rules::RuleSet;
use innerwall_scoring::{Added, CellId, RowId, SharedCells};
use innerwall_storage::ledger::{self, Outcomes};
use innerwall_storage::windows::{CellDelta, CellRow};
use innerwall_storage::{
    StorageError, TenantTx, accounts, events, feed, folding, parked, shared, tallies, verdicts,
    windows, writing,
};
use innerwall_wire::Batch;
use uuid::Uuid;

use super::admit::Admitted;
use crate::automate;
use crate::compute::Computed;
use crate::tally::Tally;

/// Stores events, users and what they add to shared things.
pub(super) async fn all(
    tx: &TenantTx<'_>,
    rules: &RuleSet,
    computed: &Computed,
    tally: &Tally,
) -> Result<(), StorageError> {
    if computed.events.is_empty() {
        return Ok(());
    }
    // What only this transaction touches may overtake each other.
    let (events, users, verdicts) = future::join3(
        events::insert(tx, rules.version, &computed.events),
        accounts::store(tx, rules.version, &computed.users),
        verdicts::add(tx, rules.version, &computed.verdicts),
    )
    .await;
    events?;
    users?;
    verdicts?;
    // About users that are locked, and before what is shared: the order of all who decide.
    automate::act(tx, rules.thresholds, computed).await?;
    shared_tables(tx, computed, tally).await
}

/// Sent together, and in this order.
async fn shared_tables(
    tx: &TenantTx<'_>,
    computed: &Computed,
    tally: &Tally,
) -> Result<(), StorageError> {
    writing::prepare(tx).await?;
    let count = i32::try_from(computed.events.len()).unwrap_or(i32::MAX);
    let deltas = cell_deltas(&computed.cells);
    let texts = future::join3(
        tallies::add_user_agents(tx, &tally.user_agents),
        tallies::add_devices(tx, &tally.devices),
        tallies::add_networks(tx, &tally.networks),
    );
    let queues = future::join(
        feed::add(tx, tally.feed.as_ref()),
        folding::add(tx, count, &computed.changes),
    );
    let counts = future::join3(
        shared::add_contacts(tx, &tally.contacts),
        windows::add(tx, &deltas),
        tallies::add_addresses(tx, &tally.links, &tally.addresses),
    );
    let (texts, queues, counts) = future::join3(texts, queues, counts).await;
    // The first that failed is the cause; those after it only say that one did.
    let all = [texts.0, texts.1, texts.2, queues.0, queues.1, counts.0, counts.1, counts.2];
    all.into_iter().collect()
}

/// What the transaction adds to shared windows, as rows.
pub(crate) fn cell_deltas(cells: &SharedCells) -> Vec<CellDelta> {
    let delta = |(cell, row, added): (CellId, RowId, Added)| CellDelta {
        row: CellRow {
            window: cell.window.cast_signed(),
            key: cell.key.cast_signed(),
            bucket: i32::try_from(row.bucket).unwrap_or(i32::MAX),
            member: row.member.cast_signed(),
            events: i32::try_from(added.amount.events).unwrap_or(i32::MAX),
            total: added.amount.total,
        },
        expires_at: added.expires_at,
        is_time: added.is_time,
    };
    cells.added().map(delta).collect()
}

/// Stores what became of the events of each gateway.
pub(super) async fn ledger(
    tx: &TenantTx<'_>,
    batches: &[Batch],
    admitted: &Admitted,
) -> Result<(), StorageError> {
    let mut by_gateway: BTreeMap<(Uuid, u16), Outcomes> = BTreeMap::new();
    for (batch, outcomes) in batches.iter().zip(&admitted.outcomes) {
        let sum = by_gateway.entry((batch.gateway, batch.shard)).or_default();
        sum.arrived += outcomes.arrived;
        sum.scored += outcomes.scored;
        sum.duplicate += outcomes.duplicate;
        sum.conflict += outcomes.conflict;
        sum.parked += outcomes.parked;
        if let Some(row) = batch.redrive_of {
            let done = outcomes.scored + outcomes.duplicate;
            if outcomes.arrived == 0 {
                // What was parked has left the parked ones, or has come back to them.
                sum.parked -= done + outcomes.parked;
            }
            if done > 0 {
                parked::finish(tx, row).await?;
            }
        }
    }
    for ((gateway, shard), outcomes) in by_gateway {
        if outcomes != Outcomes::default() {
            ledger::add(tx, gateway, shard.cast_signed(), outcomes).await?;
        }
    }
    Ok(())
}
