//! Some queues: take what is there, score it in one transaction, acknowledge it.

use std::sync::Arc;
use std::time::Duration;

use innerwall_broker::{BrokerError, Consumer, Message};
use tokio::time::Instant;

use crate::app::App;
use crate::group;
use crate::patience::Patience;

/// Messages taken into one round. A round is one transaction per tenant.
const ROUND_MESSAGES_MAX: usize = 128;
/// The same where producers wait: each waits for the whole round.
const DECIDE_ROUND_MESSAGES_MAX: usize = 16;
/// A round that holds this many bytes takes no further message.
const ROUND_BYTES_MAX: usize = 256 * 1024;
/// From the beginning of one round to that of the next, unless that one is full before: a
/// transaction of one event costs nearly as much as one of twenty. After a pause the first message
/// waits for nobody.
const PACE: Duration = Duration::from_millis(100);
/// With nothing arriving for this long at the end, nothing is on its way.
const QUIET: Duration = Duration::from_millis(50);

/// What a lane is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Many events at a time.
    Events,
    /// Events whose producers wait for the verdict.
    Decide,
}

/// Queues and how they are served.
#[derive(Clone, Debug)]
pub(crate) struct Lane {
    pub(crate) queues: Vec<String>,
    /// Messages of each queue that are delivered ahead.
    pub(crate) prefetch: u16,
    pub(crate) purpose: Purpose,
}

/// Consumes queues until the service stops; subscribes anew whenever the broker was away.
pub(crate) async fn run(app: Arc<App>, lane: Lane) {
    let mut patience = Patience::new();
    loop {
        let outcome = serve(&app, &lane, &mut patience).await;
        match outcome {
            Ok(()) => return,
            Err(error) => {
                app.readiness.down("broker", &error);
                tracing::warn!(%error, queues = lane.queues.join(" "), "subscription lost");
            }
        }
        if !patience.wait(&app.lifecycle).await {
            return;
        }
    }
}

/// Serves one subscription until the service stops or the broker goes away.
async fn serve(app: &App, lane: &Lane, patience: &mut Patience) -> Result<(), BrokerError> {
    let mut consumer = Consumer::subscribe(&app.broker, &lane.queues, lane.prefetch).await?;
    *patience = Patience::new();
    app.readiness.up("broker");
    let mut next_round = Instant::now();
    loop {
        let first = tokio::select! {
            message = consumer.next() => message?,
            () = app.lifecycle.stopping() => break,
        };
        let round = gather(&mut consumer, first, lane, next_round).await?;
        next_round = Instant::now() + lane.purpose.pace();
        if group::handle(app, &round).await.is_none() {
            // Nothing behind an unfinished round may be acknowledged: that would acknowledge it too.
            return Ok(());
        }
        consumer.ack_until(&round).await?;
    }
    finish(app, consumer, lane).await
}

/// Finishes what was delivered ahead: sent back, it would count as a failed delivery at every
/// deploy. Nothing is acknowledged until then, so that the broker sends no more than `prefetch`.
async fn finish(app: &App, mut consumer: Consumer, lane: &Lane) -> Result<(), BrokerError> {
    let mut done = Vec::new();
    while done.len() < lane.delivered_max()
        && let Ok(first) = tokio::time::timeout(QUIET, consumer.next()).await
    {
        let round = gather(&mut consumer, first?, lane, Instant::now()).await?;
        if group::handle(app, &round).await.is_none() {
            break;
        }
        done.extend(round);
    }
    consumer.cancel().await?;
    consumer.ack_until(&done).await?;
    consumer.close().await
}

/// The first message, what has arrived with it, and what arrives until a time.
async fn gather(
    consumer: &mut Consumer,
    first: Message,
    lane: &Lane,
    until: Instant,
) -> Result<Vec<Message>, BrokerError> {
    // The broker sends no more than `prefetch`: waiting for others would be in vain.
    let messages_max = lane.purpose.round_messages_max().min(lane.delivered_max());
    let mut bytes = first.body.len();
    let mut round = vec![first];
    while round.len() < messages_max && bytes < ROUND_BYTES_MAX {
        let Ok(message) = tokio::time::timeout_at(until, consumer.next()).await else { break };
        let message = message?;
        bytes += message.body.len();
        round.push(message);
    }
    Ok(round)
}

impl Lane {
    /// Messages that are here at most before any is acknowledged.
    fn delivered_max(&self) -> usize {
        self.queues.len() * usize::from(self.prefetch)
    }
}

impl Purpose {
    fn round_messages_max(self) -> usize {
        match self {
            Self::Events => ROUND_MESSAGES_MAX,
            Self::Decide => DECIDE_ROUND_MESSAGES_MAX,
        }
    }

    fn pace(self) -> Duration {
        match self {
            Self::Events => PACE,
            Self::Decide => Duration::ZERO,
        }
    }
}
