//! A round of messages: one transaction per tenant, tried until it succeeds or is refused for good.

use std::collections::BTreeMap;

use innerwall_broker::{Message, ReplyTo};
use innerwall_event::TenantId;
use innerwall_runtime::telemetry;
use innerwall_storage::{ErrorClass, StorageError};
use innerwall_wire::{Batch, Reply};
use tracing::Instrument;

use crate::app::App;
use crate::intake::{self, Intake};
use crate::patience::Patience;
use crate::transaction::{Mode, Work};
use crate::{suspect, tenants::Tenant};

/// Handles a round. `None` means the service is stopping and nothing may be acknowledged.
pub(crate) async fn handle(app: &App, round: &[Message]) -> Option<()> {
    let mut by_tenant: BTreeMap<TenantId, Taken<'_>> = BTreeMap::new();
    for message in round {
        match intake::judge(message) {
            Intake::Score(batch) if batch.redrive_of.is_some() => {
                score(app, batch.tenant, &[batch]).await?;
            }
            Intake::Score(batch) => {
                let taken = by_tenant.entry(batch.tenant).or_default();
                taken.batches.push(batch);
                taken.reply_to.push(message.reply_to.as_ref());
            }
            Intake::Suspect(batch) => split(app, &batch).await?,
            Intake::Unreadable(error) => park(app, &message.body, &error.to_string()).await?,
        }
    }
    let span = tracing::info_span!("score", messages = round.len());
    telemetry::follow(&span, round.iter().find_map(|message| message.trace_context.as_deref()));
    for (tenant, Taken { batches, reply_to }) in by_tenant {
        let replies = score(app, tenant, &batches).instrument(span.clone()).await?;
        answer(app, &reply_to, replies).await;
    }
    Some(())
}

/// Messages of one tenant, and where an answer to each is waited for.
#[derive(Default)]
struct Taken<'m> {
    batches: Vec<Batch>,
    reply_to: Vec<Option<&'m ReplyTo>>,
}

/// Answers those who wait, after the commit. An answer that is lost is found in the database.
async fn answer(app: &App, reply_to: &[Option<&ReplyTo>], replies: Vec<Option<Reply>>) {
    for (to, reply) in reply_to.iter().zip(replies) {
        let Some((to, reply)) = to.zip(reply) else { continue };
        if let Err(error) = app.replies.send(to, &reply.encode()).await {
            tracing::warn!(%error, "answer not sent, the verdict is stored");
        }
    }
}

/// Scores the batches of one tenant; gives an answer for each whose producer wants one.
async fn score(app: &App, tenant: TenantId, batches: &[Batch]) -> Option<Vec<Option<Reply>>> {
    let mut mode = Mode::Together;
    let mut patience = Patience::new();
    loop {
        let error = match attempt(app, tenant, batches, mode).await {
            Ok(replies) => {
                app.readiness.up("database");
                return Some(replies);
            }
            Err(error) => error,
        };
        match error.class() {
            // One event spoils the rest: find it by taking each alone.
            ErrorClass::Data | ErrorClass::Duplicate if mode == Mode::Together => {
                tracing::warn!(%error, tenant.id = tenant.0, "taking events one by one");
                mode = Mode::OneByOne;
            }
            ErrorClass::Data | ErrorClass::Duplicate | ErrorClass::Fault => {
                tracing::error!(%error, tenant.id = tenant.0, "events cannot be stored, will try again");
                app.readiness.down("database", &error);
                wait(app, &mut patience).await?;
            }
            ErrorClass::Transient if matches!(error, StorageError::Outdated) => {
                app.tenants.forget(tenant);
            }
            ErrorClass::Transient => {
                tracing::warn!(%error, tenant.id = tenant.0, "database is away, will try again");
                app.readiness.down("database", &error);
                wait(app, &mut patience).await?;
            }
        }
    }
}

async fn attempt(
    app: &App,
    tenant: TenantId,
    batches: &[Batch],
    mode: Mode,
) -> Result<Vec<Option<Reply>>, StorageError> {
    let Some(settings) = app.tenants.get(&app.database, tenant).await? else {
        park_unknown(app, tenant, batches).await?;
        return Ok(Vec::new());
    };
    let settings: &Tenant = &settings;
    Box::pin(Work { app, tenant, settings, batches }.run(mode)).await
}

async fn park_unknown(app: &App, tenant: TenantId, batches: &[Batch]) -> Result<(), StorageError> {
    for batch in batches {
        let detail = format!("tenant {} does not exist", tenant.0);
        intake::park_message(app, &batch.encode(), "unknown_tenant", detail).await?;
    }
    Ok(())
}

/// Splits a batch, trying until it works. `None` means the service is stopping.
async fn split(app: &App, batch: &Batch) -> Option<()> {
    let mut patience = Patience::new();
    while let Err(error) = suspect::split(app, batch).await {
        tracing::warn!(%error, "batch not split, will try again");
        wait(app, &mut patience).await?;
    }
    Some(())
}

/// Parks what nobody can read, trying until it works. `None` means the service is stopping.
async fn park(app: &App, message: &[u8], detail: &str) -> Option<()> {
    let mut patience = Patience::new();
    while let Err(error) = intake::park_message(app, message, "unreadable", detail.to_owned()).await
    {
        tracing::warn!(%error, "message not parked, will try again");
        wait(app, &mut patience).await?;
    }
    Some(())
}

async fn wait(app: &App, patience: &mut Patience) -> Option<()> {
    patience.wait(&app.lifecycle).await.then_some(())
}
