//! One transaction: claim, lock, think, write, commit.

mod admit;
mod write;

use innerwall_event::TenantId;
use innerwall_storage::parked::{self, Parking};
use innerwall_storage::{Connection, ErrorClass, StorageError, TenantTx, accounts, partitions};
use innerwall_wire::Batch;

use crate::app::App;
use crate::compute::{self, Computed};
use crate::tally::Tally;
use crate::tenants::Tenant;
use admit::Admitted;

/// How the events of a transaction are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// All in one go.
    Together,
    /// Each for itself, so that one that cannot be stored is found and parked.
    OneByOne,
}

/// Scores batches of one tenant and commits. An error means that nothing has happened.
pub(crate) async fn run(
    app: &App,
    tenant: TenantId,
    settings: &Tenant,
    batches: &[Batch],
    mode: Mode,
) -> Result<(), StorageError> {
    let started = tokio::time::Instant::now();
    let mut connection = app.database.connection().await?;
    ensure_partitions(&connection, batches).await?;
    let mut tx = connection.begin(tenant).await?;
    let mut admitted = admit::admit(&tx, batches).await?;
    let mut tallies = Vec::new();
    match mode {
        Mode::Together => {
            let places = std::mem::take(&mut admitted.places);
            tallies.push(score(app, &tx, settings, batches, places, &mut admitted).await?);
        }
        Mode::OneByOne => {
            for place in std::mem::take(&mut admitted.places) {
                let part = tx.savepoint().await?;
                let outcome =
                    score(app, &part, settings, batches, vec![place], &mut admitted).await;
                match outcome {
                    Ok(tally) => {
                        part.commit().await?;
                        tallies.push(tally);
                    }
                    Err(error) => {
                        drop(part);
                        give_up(&tx, batches, place, &error, &mut admitted).await?;
                    }
                }
            }
        }
    }
    write::ledger(&tx, batches, &admitted).await?;
    tx.commit().await?;
    for tally in &tallies {
        app.seen.remember(tenant, tally);
    }
    admitted.count(started.elapsed());
    Ok(())
}

/// Scores the events at some places and writes everything about them.
async fn score(
    app: &App,
    tx: &TenantTx<'_>,
    settings: &Tenant,
    batches: &[Batch],
    places: Vec<admit::Place>,
    admitted: &mut Admitted,
) -> Result<Tally, StorageError> {
    let event = |place: admit::Place| batches[place.batch].events[place.event].clone();
    let events: Vec<_> = places
        .iter()
        .enumerate()
        .map(|(origin, place)| compute::enrich(&app.enricher, settings, event(*place), origin))
        .collect();
    let mut user_ids: Vec<&str> = events
        .iter()
        .map(|enriched| enriched.event.user_id.0.as_str())
        .collect();
    user_ids.sort_unstable();
    user_ids.dedup();
    let locked = accounts::lock(tx, &user_ids).await?;
    let computed: Computed = compute::run(settings, locked, events);
    for origin in &computed.poison {
        let reason = "scoring of this event panicked; see the log";
        park(
            tx,
            batches,
            places[*origin],
            "panic",
            reason.to_owned(),
            admitted,
        )
        .await?;
    }
    let tally = Tally::of(tx.tenant(), &computed, &app.seen);
    let shard = batches.first().map_or(0, |batch| batch.shard);
    write::all(tx, settings.rules.version, shard, &computed, &tally).await?;
    let is_poison = |origin: &usize| computed.poison.contains(origin);
    for (origin, place) in places.iter().enumerate() {
        if !is_poison(&origin) {
            admitted.outcomes[place.batch].scored += 1;
        }
    }
    Ok(tally)
}

/// An event that cannot be stored for itself: a repeated id beyond the horizon of the claims is
/// a duplicate; what the database refuses as data is parked; anything else fails the transaction.
async fn give_up(
    tx: &TenantTx<'_>,
    batches: &[Batch],
    place: admit::Place,
    error: &StorageError,
    admitted: &mut Admitted,
) -> Result<(), StorageError> {
    match error.class() {
        ErrorClass::Duplicate => {
            admitted.outcomes[place.batch].duplicate += 1;
            Ok(())
        }
        ErrorClass::Data => {
            park(
                tx,
                batches,
                place,
                "refused_by_database",
                error.to_string(),
                admitted,
            )
            .await
        }
        ErrorClass::Transient | ErrorClass::Fault => {
            Err(StorageError::Settings(format!("event by event: {error}")))
        }
    }
}

async fn park(
    tx: &TenantTx<'_>,
    batches: &[Batch],
    place: admit::Place,
    reason: &'static str,
    detail: String,
    admitted: &mut Admitted,
) -> Result<(), StorageError> {
    let Some(single) = batches[place.batch].single(place.event) else {
        return Ok(());
    };
    tracing::error!(event.id = %single.events[0].id, reason, "event parked");
    parked::park(tx, &parking_of(&single, reason, detail)).await?;
    admitted.outcomes[place.batch].parked += 1;
    Ok(())
}

/// What is kept of an event that is parked.
pub(crate) fn parking_of(single: &Batch, reason: &'static str, detail: String) -> Parking {
    Parking {
        event_id: single.events.first().map(|event| event.id),
        park_key: single.id,
        reason,
        detail,
        message: single.encode(),
    }
}

async fn ensure_partitions(connection: &Connection, batches: &[Batch]) -> Result<(), StorageError> {
    let times = batches
        .iter()
        .flat_map(|batch| &batch.events)
        .map(|event| event.time);
    let weeks: std::collections::BTreeMap<i64, _> = times
        .map(|time| (partitions::week_of(time), time))
        .collect();
    for time in weeks.into_values() {
        partitions::ensure(connection, time).await?;
    }
    Ok(())
}
