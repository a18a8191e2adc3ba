//! When each rule last fired, gathered in memory and written now and then: one row per rule that
//! every transaction would rewrite would make scorers wait for each other.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use innerwall_event::{TenantId, Timestamp};
use innerwall_storage::{StorageError, labels};

use crate::app::App;
use crate::compute::Computed;

const WRITE_EVERY: Duration = Duration::from_secs(2);

type ByTenant = HashMap<TenantId, BTreeMap<String, Timestamp>>;

/// What is still to be written.
#[derive(Default)]
pub(crate) struct Fired(Mutex<ByTenant>);

impl Fired {
    /// Remembers the rules that began to fire for users or fired on events.
    pub(crate) fn remember(&self, tenant: TenantId, computed: &Computed) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for row in &computed.events {
            let started = row.outcome.started.iter().copied();
            for rule in started.chain(row.outcome.event_hits.iter().map(|hit| hit.rule)) {
                let known = all.entry(tenant).or_default().entry(rule.to_string());
                let newest = known.or_insert(row.event.time);
                *newest = row.event.time.max(*newest);
            }
        }
    }

    fn take(&self) -> ByTenant {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes until the service stops.
pub(crate) async fn run(app: Arc<App>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(WRITE_EVERY) => {}
            () = app.lifecycle.stopping() => {}
        }
        for (tenant, fired) in app.fired.take() {
            let fired: Vec<(String, Timestamp)> = fired.into_iter().collect();
            if let Err(error) = write(&app, tenant, &fired).await {
                tracing::warn!(%error, "when rules last fired could not be written");
            }
        }
        if app.lifecycle.is_stopping() {
            return;
        }
    }
}

async fn write(
    app: &App,
    tenant: TenantId,
    fired: &[(String, Timestamp)],
) -> Result<(), StorageError> {
    let mut connection = app.database.connection().await?;
    let tx = connection.begin(tenant).await?;
    labels::note_fired(&tx, fired).await?;
    tx.commit().await
}
