//! Publishing with confirms.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{BasicProperties, Channel, Confirmation};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use crate::connection::{Broker, BrokerError};

/// Marks a message to be kept on disk.
const PERSISTENT: u8 = 2;
/// Unanswered publishes in a row after which the connection is given up: the broker is silent.
pub(crate) const SILENT_MAX: u32 = 3;

/// Why a message may not be with the broker.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The message was not stored.
    #[error("broker is not reachable: {0}")]
    Unavailable(#[from] BrokerError),
    /// The message was not stored: the queue is full or gone.
    #[error("broker refused the message: {0}")]
    Refused(&'static str),
    /// Whether the message was stored is unknown.
    #[error("broker did not confirm within {} ms", .0.as_millis())]
    Unconfirmed(Duration),
    /// Whether the message was stored is unknown.
    #[error("connection was lost before the confirm: {0}")]
    Lost(lapin::Error),
}

impl PublishError {
    /// Whether the message may have been stored all the same.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Unconfirmed(_) | Self::Lost(_) => true,
            Self::Unavailable(_) | Self::Refused(_) => false,
        }
    }
}

/// Publishes persistent messages and waits for the broker's confirm. Many may be under way at
/// once on the one channel.
pub struct Publisher {
    broker: Arc<Broker>,
    channel: Mutex<Option<Channel>>,
    silent: AtomicU32,
}

impl Publisher {
    pub fn new(broker: Arc<Broker>) -> Self {
        Self { broker, channel: Mutex::new(None), silent: AtomicU32::new(0) }
    }

    /// Publishes one message and returns only once the broker owns it.
    pub async fn publish(
        &self,
        queue: &str,
        message: &[u8],
        trace_context: Option<&str>,
        within: Duration,
    ) -> Result<(), PublishError> {
        let deadline = Instant::now() + within;
        let channel = timeout_at(deadline, self.channel());
        let channel = channel.await.map_err(|_| BrokerError::Timeout)??;
        let properties = persistent(trace_context);
        let confirmed = publish_confirmed(&channel, queue, message, properties);
        if let Ok(done) = timeout_at(deadline, confirmed).await {
            self.silent.store(0, Ordering::Relaxed);
            return done;
        }
        self.note_silence().await;
        Err(PublishError::Unconfirmed(within))
    }

    async fn channel(&self) -> Result<Channel, BrokerError> {
        let mut held = self.channel.lock().await;
        if let Some(channel) = held.as_ref().filter(|channel| channel.status().connected()) {
            return Ok(channel.clone());
        }
        *held = None;
        let channel = self.broker.channel().await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        *held = Some(channel.clone());
        Ok(channel)
    }

    /// A peer that vanished without a word is noticed by its silence long before the kernel does.
    async fn note_silence(&self) {
        if self.silent.fetch_add(1, Ordering::Relaxed) + 1 < SILENT_MAX {
            return;
        }
        self.silent.store(0, Ordering::Relaxed);
        tracing::warn!("broker is silent, connecting anew");
        *self.channel.lock().await = None;
        self.broker.reset().await;
    }
}

/// Properties of a message that is kept on disk.
pub(crate) fn persistent(trace_context: Option<&str>) -> BasicProperties {
    BasicProperties::default().with_delivery_mode(PERSISTENT).with_headers(headers(trace_context))
}

/// Publishes and waits until the broker owns the message.
pub(crate) async fn publish_confirmed(
    channel: &Channel,
    queue: &str,
    message: &[u8],
    properties: BasicProperties,
) -> Result<(), PublishError> {
    let options = BasicPublishOptions { mandatory: true, immediate: false };
    let confirm = channel
        .basic_publish("".into(), queue.into(), options, message, properties)
        .await
        .map_err(PublishError::Lost)?;
    match confirm.await.map_err(PublishError::Lost)? {
        Confirmation::Ack(None) => Ok(()),
        // The broker acknowledges an unroutable message after returning it.
        Confirmation::Ack(Some(_)) => Err(PublishError::Refused("no such queue")),
        Confirmation::Nack(_) => Err(PublishError::Refused("queue is full")),
        Confirmation::NotRequested => Err(PublishError::Refused("confirms are off")),
    }
}

fn headers(trace_context: Option<&str>) -> FieldTable {
    let mut headers = FieldTable::default();
    if let Some(context) = trace_context {
        headers.insert("traceparent".into(), AMQPValue::LongString(context.into()));
    }
    headers
}
