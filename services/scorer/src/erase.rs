//! Erasing users: the user ends in one transaction, then what is stored goes bit by bit. A crash
//! at any point is made good by going on: every step may be repeated.

use std::sync::Arc;
use std::time::Duration;

use innerwall_event::TenantId;
use innerwall_features::changes::Changes;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::erasure::{self, Erasure};
use innerwall_storage::{StorageError, TenantTx};
use innerwall_wire::Batch;

use crate::app::App;
use crate::patience::Patience;

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Rows removed per transaction.
const ROWS_MAX: i32 = 2_000;
/// Encoded rows read at once.
const ENCODED_MAX: i64 = 500;
/// Tables that folding writes: its lock is taken before they are touched.
const FOLDED: [&str; 3] = ["field_changes", "links", "sessions"];

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Further,
    /// Nothing is left, another scorer is at it, or folding has to come first.
    Rest,
}

/// Works until the service stops.
pub(crate) async fn run(app: Arc<App>) {
    let mut patience = Patience::new();
    while !app.lifecycle.is_stopping() {
        match once(&app).await {
            Ok(()) => {
                patience = Patience::new();
                tokio::select! {
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                    () = app.lifecycle.stopping() => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "erasing a user failed, will go on");
                if !patience.wait(&app.lifecycle).await {
                    return;
                }
            }
        }
    }
}

async fn once(app: &App) -> Result<(), StorageError> {
    let tenants = erasure::tenants(&app.database.connection().await?).await?;
    for tenant in tenants {
        while !app.lifecycle.is_stopping() && step(app, tenant).await? == Step::Further {}
    }
    Ok(())
}

/// One transaction of a tenant's oldest erasure.
async fn step(app: &App, tenant: TenantId) -> Result<Step, StorageError> {
    let mut connection = app.database.connection().await?;
    let tx = connection.begin(tenant).await?;
    let Some(taken) = erasure::take(&tx).await? else { return Ok(Step::Rest) };
    let Some(user_no) = taken.user_no else {
        if !erasure::entomb(&tx, &taken).await? {
            finish(&tx, &taken).await?;
        }
        tx.commit().await?;
        return Ok(Step::Further);
    };
    let removed = remove(&tx, &taken, user_no).await?;
    erasure::count(&tx, taken.id, removed).await?;
    let step = if removed > 0 {
        Step::Further
    } else if erasure::waits_for_fold(&tx, &taken).await? {
        Step::Rest
    } else {
        finish(&tx, &taken).await?;
        Step::Further
    };
    tx.commit().await?;
    Ok(step)
}

/// Removes a little of the user from the first place that holds any; 0 when nothing is left.
async fn remove(tx: &TenantTx<'_>, taken: &Erasure, user_no: i64) -> Result<i64, StorageError> {
    let named = erasure::erase_named(tx, taken).await?;
    if named > 0 {
        return Ok(named);
    }
    for table in erasure::tables(tx).await? {
        if FOLDED.contains(&table.as_str()) {
            erasure::lock_fold(tx).await?;
        }
        let removed = erasure::erase_rows(tx, &table, user_no, ROWS_MAX).await?;
        if removed > 0 {
            return Ok(removed);
        }
    }
    let parked = parked_of(tx, &taken.user_id).await?;
    let folds = failed_folds_of(tx, user_no).await?;
    if parked.is_empty() && folds.is_empty() {
        return Ok(0);
    }
    erasure::erase_encoded(tx, &parked, &folds).await
}

/// Parked messages are events as they were sent: only reading them tells whose they are.
async fn parked_of(tx: &TenantTx<'_>, user_id: &str) -> Result<Vec<i64>, StorageError> {
    let names = |message: &[u8]| {
        Batch::decode(message)
            .is_ok_and(|batch| batch.events.iter().any(|event| event.user_id.0 == user_id))
    };
    let (mut last, mut own) = (0, Vec::new());
    loop {
        let page = erasure::parked_after(tx, last, ENCODED_MAX).await?;
        let Some((id, _)) = page.last() else { return Ok(own) };
        last = *id;
        own.extend(page.iter().filter(|(_, message)| names(message)).map(|(id, _)| *id));
    }
}

async fn failed_folds_of(tx: &TenantTx<'_>, user_no: i64) -> Result<Vec<i64>, StorageError> {
    let names = |changes: &[u8]| {
        Changes::from_bytes(changes).is_ok_and(|changes| changes.user_numbers().contains(&user_no))
    };
    let (mut last, mut own) = (0, Vec::new());
    loop {
        let page = erasure::failed_folds_after(tx, last, ENCODED_MAX).await?;
        let Some((id, _)) = page.last() else { return Ok(own) };
        last = *id;
        own.extend(page.iter().filter(|(_, changes)| names(changes)).map(|(id, _)| *id));
    }
}

async fn finish(tx: &TenantTx<'_>, taken: &Erasure) -> Result<(), StorageError> {
    erasure::finish(tx, taken.id).await?;
    let bytes: Vec<String> = taken.subject.iter().map(|byte| format!("{byte:02x}")).collect();
    let subject = bytes.concat();
    let detail = format!("erasure {} of user sha256:{subject}", taken.id);
    audit::note(tx, &Note { actor: "scorer", action: "user.erased", detail: &detail }).await?;
    tracing::info!(tenant.id = tx.tenant().0, erasure = taken.id, "a user was erased everywhere");
    Ok(())
}
