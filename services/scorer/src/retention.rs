//! Removing what tenants do not want to keep any longer: partitions of events as a whole, the rest
//! a little at a time, each bit in a transaction of its own.

use std::sync::Arc;
use std::time::Duration;

use innerwall_event::{TenantId, Timestamp};
use innerwall_runtime::clock;
use innerwall_storage::retention::{self, Kind, Place};
use innerwall_storage::{StorageError, erasure};

use crate::app::App;

const LOOK_EVERY: Duration = Duration::from_secs(10);
/// A kind is gone over again once this much more of it is old.
const AGAIN_AFTER_S: i64 = 3_600;
const DAY_S: i64 = 86_400;
/// Events removed per transaction: well under a second.
const ROWS_MAX: i32 = 5_000;
/// Pages of 8 KiB looked through per transaction.
const PAGES: i32 = 512;

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Further,
    /// Nothing is left, or another scorer is at it.
    Rest,
}

/// Works until the service stops.
pub(crate) async fn run(app: Arc<App>) {
    while !app.lifecycle.is_stopping() {
        if let Err(error) = once(&app).await {
            tracing::warn!(%error, "old data could not be removed, will try again");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = app.lifecycle.stopping() => {}
        }
    }
}

async fn once(app: &App) -> Result<(), StorageError> {
    let connection = app.database.connection().await?;
    let tenants = retention::tenants(&connection).await?;
    if tenants.is_empty() {
        return Ok(());
    }
    let dropped = retention::drop_partitions(&connection).await?;
    if dropped > 0 {
        tracing::info!(partitions = dropped, "old partitions of events dropped");
    }
    drop(connection);
    for tenant in tenants {
        for kind in Kind::ALL {
            while !app.lifecycle.is_stopping() && step(app, tenant, kind).await? == Step::Further {}
        }
    }
    Ok(())
}

/// One transaction of the run of a kind.
async fn step(app: &App, tenant: TenantId, kind: Kind) -> Result<Step, StorageError> {
    let mut connection = app.database.connection().await?;
    let tx = connection.begin(tenant).await?;
    if !retention::try_lock(&tx).await? {
        return Ok(Step::Rest);
    }
    let settings = retention::settings(&tx).await?;
    let Some((_, days)) = settings.into_iter().find(|setting| setting.0 == kind) else {
        return Ok(Step::Rest);
    };
    let now = Timestamp::from_micros(clock::now_micros());
    let cutoff = now.plus_seconds(-i64::from(days) * DAY_S);
    let due = cutoff.plus_seconds(-AGAIN_AFTER_S);
    let Some(place) = retention::place(&tx, kind, (cutoff, due)).await? else {
        return Ok(Step::Rest);
    };
    if kind.is_folded() {
        erasure::lock_fold(&tx).await?;
    }
    let (removed, next) = remove(&tx, kind, place).await?;
    retention::advance(&tx, kind, removed, next.unwrap_or(place)).await?;
    if next.is_none() {
        retention::finish(&tx, kind).await?;
    }
    tx.commit().await?;
    Ok(if next.is_some() { Step::Further } else { Step::Rest })
}

/// Removes a little; gives how many rows, and where to go on.
async fn remove(
    tx: &innerwall_storage::TenantTx<'_>,
    kind: Kind,
    place: Place,
) -> Result<(i64, Option<Place>), StorageError> {
    if kind == Kind::Events {
        let removed = retention::purge_events(tx, place.cutoff, ROWS_MAX).await?;
        return Ok((removed, (removed >= i64::from(ROWS_MAX)).then_some(place)));
    }
    let Some((table, _)) = kind.tables().get(place.table) else { return Ok((0, None)) };
    let (removed, page) = retention::purge_pages(tx, table, place, PAGES).await?;
    let next = match page {
        Some(page) => Place { page, ..place },
        None => Place { page: 0, table: place.table + 1, ..place },
    };
    Ok((removed, (next.table < kind.tables().len()).then_some(next)))
}
