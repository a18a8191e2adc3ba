//! Judging users again after a change of rules, in the background: a few at a time, locked like
//! for their events, until nobody is left whom older rules judged last.

pub(crate) mod again;
mod users;
mod warm;

use std::sync::Arc;
use std::time::Duration;

use innerwall_event::TenantId;
use innerwall_storage::{ErrorClass, StorageError, rescore};

use crate::app::App;
use crate::patience::Patience;

const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// There is more to do.
    Further,
    /// The job is done, or another scorer has it.
    Rest,
}

/// Works on jobs until the service stops.
pub(crate) async fn run(app: Arc<App>) {
    let mut patience = Patience::new();
    while !app.lifecycle.is_stopping() {
        match once(&app).await {
            Ok(Step::Further) => patience = Patience::new(),
            Ok(Step::Rest) => {
                patience = Patience::new();
                tokio::select! {
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                    () = app.lifecycle.stopping() => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "scoring again failed, will go on");
                if !patience.wait(&app.lifecycle).await {
                    return;
                }
            }
        }
    }
}

async fn once(app: &App) -> Result<Step, StorageError> {
    let due = rescore::due(&app.database.connection().await?).await?;
    let Some(tenant) = due else { return Ok(Step::Rest) };
    match step(app, tenant).await {
        Err(error) if error.class() != ErrorClass::Transient => {
            tracing::error!(%error, tenant.id = tenant.0, "job of scoring again failed");
            fail(app, tenant, &error).await?;
            Ok(Step::Further)
        }
        outcome => outcome,
    }
}

/// Gives a job up that no further try can help: others must not wait behind it.
async fn fail(app: &App, tenant: TenantId, error: &StorageError) -> Result<(), StorageError> {
    let mut connection = app.database.connection().await?;
    let tx = connection.begin(tenant).await?;
    rescore::fail(&tx, &error.to_string()).await?;
    tx.commit().await
}

/// One step of a tenant's job: windows that are new first, then users.
async fn step(app: &App, tenant: TenantId) -> Result<Step, StorageError> {
    let Some(settings) = app.tenants.get(&app.database, tenant).await? else {
        return Ok(Step::Rest);
    };
    let mut connection = app.database.connection().await?;
    let tx = connection.begin(tenant).await?;
    let Some(job) = rescore::take(&tx).await? else { return Ok(Step::Rest) };
    if settings.version() < job.target_version {
        app.tenants.forget(tenant);
        return Ok(Step::Further);
    }
    warm::fill(&tx, &settings).await?;
    let step = users::judge(&tx, &settings, job).await?;
    tx.commit().await?;
    Ok(step)
}
