//! One queue: take what is there, score it, acknowledge it.

use std::sync::Arc;

use innerwall_broker::{BrokerError, Consumer, Message};

use crate::app::App;
use crate::group;
use crate::patience::Patience;

/// Messages taken into one round. A round is one transaction per tenant.
const ROUND_MESSAGES_MAX: usize = 16;

/// Consumes a queue until the service stops; subscribes anew whenever the broker was away.
pub(crate) async fn run(app: Arc<App>, queue: String, prefetch: u16) {
    let mut patience = Patience::new();
    loop {
        let outcome = serve(&app, &queue, prefetch, &mut patience).await;
        match outcome {
            Ok(()) => return,
            Err(error) => {
                app.readiness.down("broker", &error);
                tracing::warn!(%error, queue, "subscription lost");
            }
        }
        if !patience.wait(&app.lifecycle).await {
            return;
        }
    }
}

/// Serves one subscription until the service stops or the broker goes away.
async fn serve(
    app: &App,
    queue: &str,
    prefetch: u16,
    patience: &mut Patience,
) -> Result<(), BrokerError> {
    let mut consumer = Consumer::subscribe(&app.broker, queue, prefetch).await?;
    *patience = Patience::new();
    app.readiness.up("broker");
    loop {
        let first = tokio::select! {
            message = consumer.next() => message?,
            () = app.lifecycle.stopping() => break,
        };
        if !work(app, &mut consumer, first).await? {
            break;
        }
    }
    // What was delivered ahead is finished as well: sent back, it would count as a failed delivery
    // at every deploy.
    consumer.cancel().await?;
    while let Some(first) = consumer.waiting() {
        if !work(app, &mut consumer, first).await? {
            break;
        }
    }
    consumer.close().await
}

/// Handles and acknowledges a round; `false` when it could not be finished before the stop.
async fn work(app: &App, consumer: &mut Consumer, first: Message) -> Result<bool, BrokerError> {
    let round = gather(consumer, first);
    if group::handle(app, &round).await.is_none() {
        return Ok(false);
    }
    for message in &round {
        consumer.ack(message).await?;
    }
    Ok(true)
}

/// The first message and what has arrived with it.
fn gather(consumer: &mut Consumer, first: Message) -> Vec<Message> {
    let mut round = vec![first];
    while round.len() < ROUND_MESSAGES_MAX
        && let Some(message) = consumer.waiting()
    {
        round.push(message);
    }
    round
}
