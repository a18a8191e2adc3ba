//! One queue: take what is there, score it, acknowledge it.

use std::sync::Arc;
use std::time::Duration;

use innerwall_broker::{BrokerError, Consumer, Message};

use crate::app::App;
use crate::group;
use crate::patience::Patience;

/// Messages taken into one round. A round is one transaction per tenant.
const ROUND_MESSAGES_MAX: usize = 16;
/// With nothing arriving for this long at the end, nothing is on its way.
const QUIET: Duration = Duration::from_millis(50);

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
        let round = gather(&mut consumer, first);
        if group::handle(app, &round).await.is_none() {
            break;
        }
        acknowledge(&consumer, &round).await?;
    }
    finish(app, consumer, prefetch).await
}

/// Finishes what was delivered ahead: sent back, it would count as a failed delivery at every
/// deploy. Nothing is acknowledged until then, so that the broker sends no more than `prefetch`.
async fn finish(app: &App, mut consumer: Consumer, prefetch: u16) -> Result<(), BrokerError> {
    let mut done = Vec::new();
    while done.len() < usize::from(prefetch)
        && let Ok(first) = tokio::time::timeout(QUIET, consumer.next()).await
    {
        let round = gather(&mut consumer, first?);
        if group::handle(app, &round).await.is_none() {
            break;
        }
        done.extend(round);
    }
    consumer.cancel().await?;
    acknowledge(&consumer, &done).await?;
    consumer.close().await
}

async fn acknowledge(consumer: &Consumer, messages: &[Message]) -> Result<(), BrokerError> {
    for message in messages {
        consumer.ack(message).await?;
    }
    Ok(())
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
