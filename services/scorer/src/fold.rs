//! Folding in the background: takes up what scoring transactions left about the things users
//! touch, and writes it into the tables that are read. Any number of scorers may try; one at a
//! time works for a tenant.

mod pace;
mod round;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use innerwall_event::TenantId;
use innerwall_storage::{StorageError, folding};

use crate::app::App;
use crate::patience::Patience;
use pace::Pace;

const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How many rows each tenant's next round takes; only those are remembered that had to be slowed.
type Paces = HashMap<TenantId, Pace>;

/// Folds until the service stops.
pub(crate) async fn run(app: Arc<App>) {
    let mut patience = Patience::new();
    let mut paces = Paces::new();
    while !app.lifecycle.is_stopping() {
        match pass(&app, &mut paces).await {
            Ok(true) => patience = Patience::new(),
            Ok(false) => {
                patience = Patience::new();
                tokio::select! {
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                    () = app.lifecycle.stopping() => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "folding failed, will go on");
                if !patience.wait(&app.lifecycle).await {
                    return;
                }
            }
        }
    }
}

/// One round for every tenant with changes that wait; gives whether one of them has more.
async fn pass(app: &App, paces: &mut Paces) -> Result<bool, StorageError> {
    let waiting = folding::waiting(&app.database.connection().await?).await?;
    let oldest = waiting.iter().map(|waiting| waiting.seconds).fold(0.0, f64::max);
    metrics::gauge!("innerwall_fold_oldest_seconds").set(oldest);
    let mut has_more = false;
    for tenant in waiting.into_iter().map(|waiting| waiting.tenant) {
        if app.lifecycle.is_stopping() {
            return Ok(false);
        }
        let pace = paces.remove(&tenant).unwrap_or_default();
        let (is_left, pace) = tenant_round(app, tenant, pace).await?;
        has_more |= is_left;
        if pace != Pace::default() {
            paces.insert(tenant, pace);
        }
    }
    Ok(has_more)
}

/// One round of a tenant; gives whether more waits, and the pace of the next.
async fn tenant_round(
    app: &App,
    tenant: TenantId,
    pace: Pace,
) -> Result<(bool, Pace), StorageError> {
    match round::fold(app, tenant, pace.rows()).await {
        Ok(done) => Ok((done.has_more, pace.faster())),
        // Fewer rows at a time find the one at fault, which is then set aside.
        Err(error) if round::is_about_data(&error) => {
            tracing::warn!(%error, tenant.id = tenant.0, "changes cannot be folded, taking fewer");
            Ok((true, pace.slower()))
        }
        Err(error) => Err(error),
    }
}
