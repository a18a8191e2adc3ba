//! One round: take, add up, write, forget, in one transaction.

use innerwall_event::TenantId;
use innerwall_features::changes::Changes;
use innerwall_storage::folding::{self, Pending};
use innerwall_storage::{ErrorClass, StorageError, TenantTx};
use tokio::time::Instant;

use crate::app::App;

/// Events of one round: bounds how long it lasts, and so how long the next one waits.
const EVENTS_MAX: i64 = 10_000;
/// Bytes of one round.
const BYTES_MAX: i64 = 16 * 1024 * 1024;

/// What a round left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Done {
    pub(super) has_more: bool,
}

/// Folds the oldest rows of a tenant. An error means that nothing has happened.
pub(super) async fn fold(app: &App, tenant: TenantId, rows_max: i64) -> Result<Done, StorageError> {
    let started = Instant::now();
    let mut connection = app.database.connection().await?;
    let mut tx = connection.begin(tenant).await?;
    if !folding::lock(&tx).await? {
        return Ok(Done { has_more: false });
    }
    let pending = folding::take(&tx, rows_max, EVENTS_MAX, BYTES_MAX).await?;
    match pending.as_slice() {
        [] => return Ok(Done { has_more: false }),
        [only] => alone(&mut tx, only).await?,
        several => Box::pin(apply(&tx, several)).await?,
    }
    tx.commit().await?;
    let events: i64 = pending.iter().map(|row| i64::from(row.events)).sum();
    metrics::counter!("innerwall_fold_rows_total").increment(pending.len() as u64);
    metrics::counter!("innerwall_fold_events_total").increment(events.unsigned_abs());
    metrics::histogram!("innerwall_fold_seconds").record(started.elapsed().as_secs_f64());
    Ok(Done { has_more: is_full(&pending, events, rows_max) })
}

/// Folds a row that nothing else can be to blame for: when its data cannot be folded, it is set
/// aside and the rest goes on.
async fn alone(tx: &mut TenantTx<'_>, row: &Pending) -> Result<(), StorageError> {
    let part = tx.savepoint().await?;
    let error = match Box::pin(apply(&part, std::slice::from_ref(row))).await {
        Ok(()) => return part.commit().await,
        Err(error) if is_about_data(&error) => error,
        Err(error) => return Err(error),
    };
    part.rollback().await?;
    tracing::error!(
        %error, tenant.id = tx.tenant().0, fold.id = row.id, events = row.events,
        "changes cannot be folded and are set aside"
    );
    metrics::counter!("innerwall_folds_failed_total").increment(1);
    folding::set_aside(tx, row.id, &error.to_string()).await
}

/// Whether trying the same again cannot help.
pub(super) fn is_about_data(error: &StorageError) -> bool {
    matches!(error.class(), ErrorClass::Data | ErrorClass::Duplicate)
}

async fn apply(tx: &TenantTx<'_>, pending: &[Pending]) -> Result<(), StorageError> {
    let mut sum = Changes::default();
    for row in pending {
        let changes = Changes::from_bytes(&row.changes).map_err(|error| StorageError::Corrupt {
            what: "changes",
            reason: error.to_string(),
        })?;
        sum.merge(changes);
    }
    folding::apply(tx, sum).await?;
    let ids: Vec<i64> = pending.iter().map(|row| row.id).collect();
    folding::finish(tx, &ids).await
}

/// Whether a limit ended the round rather than the rows.
fn is_full(pending: &[Pending], events: i64, rows_max: i64) -> bool {
    let bytes: usize = pending.iter().map(|row| row.changes.len()).sum();
    i64::try_from(pending.len()).is_ok_and(|rows| rows >= rows_max)
        || events >= EVENTS_MAX / 2
        || i64::try_from(bytes).is_ok_and(|bytes| bytes >= BYTES_MAX / 2)
}
