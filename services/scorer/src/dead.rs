//! The dead queue: what killed every scorer that touched it is parked, and nothing else looks at
//! it.

use std::sync::Arc;

use innerwall_broker::{BrokerError, Consumer, Message};
use innerwall_storage::{StorageError, ledger, parked};
use innerwall_wire::Batch;

use crate::app::App;
use crate::intake::park_message;
use crate::patience::Patience;
use crate::transaction::parking_of;

const PREFETCH: u16 = 8;
const REASON: &str = "delivery_limit";

/// Parks dead messages until the service stops.
pub(crate) async fn run(app: Arc<App>) {
    let mut patience = Patience::new();
    loop {
        match serve(&app).await {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "dead queue not served"),
        }
        if !patience.wait(&app.lifecycle).await {
            return;
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum DeadError {
    #[error(transparent)]
    Broker(#[from] BrokerError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

async fn serve(app: &App) -> Result<(), DeadError> {
    let queues = [app.broker.topology().dead()];
    let mut consumer = Consumer::subscribe(&app.broker, &queues, PREFETCH).await?;
    loop {
        let message = tokio::select! {
            message = consumer.next() => message?,
            () = app.lifecycle.stopping() => break,
        };
        park(app, &message).await?;
        consumer.ack_until(&[message]).await?;
    }
    consumer.cancel().await?;
    Ok(consumer.close().await?)
}

async fn park(app: &App, message: &Message) -> Result<(), StorageError> {
    let batch = match Batch::decode(&message.body) {
        Ok(batch) => batch,
        Err(error) => return park_message(app, &message.body, REASON, error.to_string()).await,
    };
    let detail = "every scorer that took this event ended; see their logs";
    let mut connection = app.database.connection().await?;
    let tx = connection.begin(batch.tenant).await?;
    let mut outcomes = ledger::Outcomes::default();
    for single in (0..batch.events.len()).filter_map(|index| batch.single(index)) {
        if parked::park(&tx, &parking_of(&single, REASON, detail.to_owned())).await?
            && batch.redrive_of.is_none()
        {
            outcomes.arrived += 1;
            outcomes.parked += 1;
        }
    }
    ledger::add(&tx, batch.gateway, batch.shard.cast_signed(), outcomes).await?;
    tx.commit().await?;
    tracing::error!(reason = REASON, events = batch.events.len(), "events parked");
    Ok(())
}
