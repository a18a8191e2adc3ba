//! The one who talks to the broker for those who wait. It lives where connections live as long as
//! the service does; the threads that serve requests may end before.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use innerwall_broker::{PublishError, Reply, Requests};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

type Published = Result<Reply, PublishError>;

/// A message to be published.
pub(super) struct Ask {
    pub(super) queue: String,
    pub(super) message: Vec<u8>,
    pub(super) trace_context: Option<String>,
    pub(super) deadline: Instant,
    /// Dropped when there was no time left to send anything.
    pub(super) done: oneshot::Sender<Published>,
}

impl Ask {
    async fn publish(self, requests: &Requests) {
        let within = self.deadline.saturating_duration_since(Instant::now());
        if within == Duration::ZERO {
            return;
        }
        let context = self.trace_context.as_deref();
        let published = requests.publish(&self.queue, &self.message, context, within).await;
        // Whoever asked may have gone; the event is scored all the same.
        drop(self.done.send(published));
    }
}

/// Publishes until nobody can ask any more.
pub(super) async fn run(requests: Requests, mut asks: mpsc::Receiver<Ask>) {
    let mut flying = FuturesUnordered::new();
    loop {
        tokio::select! {
            ask = asks.recv() => match ask {
                Some(ask) => flying.push(ask.publish(&requests)),
                None => break,
            },
            Some(()) = flying.next(), if !flying.is_empty() => {}
        }
    }
    while flying.next().await.is_some() {}
}
