//! Messages whose answer is waited for, by direct reply-to: the broker routes an answer back over
//! the channel that asked, and no queue is needed for it.

mod waiters;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use lapin::Channel;
use lapin::message::DeliveryResult;
use lapin::options::{BasicConsumeOptions, ConfirmSelectOptions};
use lapin::types::FieldTable;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use crate::connection::{Broker, BrokerError};
use crate::publisher::{PublishError, SILENT_MAX, persistent, publish_confirmed};

pub use waiters::Reply;
use waiters::Waiters;

/// The broker puts the way back in the place of this name.
const REPLY_TO: &str = "amq.rabbitmq.reply-to";

/// A channel and those who wait on it.
#[derive(Clone)]
struct Link {
    channel: Channel,
    waiters: Arc<Waiters>,
}

/// Publishes persistent messages and waits for answers. Many may be under way at once.
pub struct Requests {
    broker: Arc<Broker>,
    link: Mutex<Option<Link>>,
    silent: AtomicU32,
}

impl Requests {
    pub fn new(broker: Arc<Broker>) -> Self {
        Self { broker, link: Mutex::new(None), silent: AtomicU32::new(0) }
    }

    /// Publishes one message and returns once the broker owns it, with the answer to wait for.
    pub async fn publish(
        &self,
        queue: &str,
        message: &[u8],
        trace_context: Option<&str>,
        within: Duration,
    ) -> Result<Reply, PublishError> {
        let deadline = Instant::now() + within;
        let link = timeout_at(deadline, self.link()).await.map_err(|_| BrokerError::Timeout)??;
        // Waiting begins before the message is out: the answer may overtake the confirm.
        let reply = link.waiters.wait();
        let properties = persistent(trace_context)
            .with_reply_to(REPLY_TO.into())
            .with_correlation_id(reply.correlation().into());
        let confirmed = publish_confirmed(&link.channel, queue, message, properties);
        if let Ok(done) = timeout_at(deadline, confirmed).await {
            self.silent.store(0, Ordering::Relaxed);
            return done.map(|()| reply);
        }
        self.note_silence().await;
        Err(PublishError::Unconfirmed(within))
    }

    async fn link(&self) -> Result<Link, BrokerError> {
        let mut held = self.link.lock().await;
        if let Some(link) = held.as_ref().filter(|link| link.channel.status().connected()) {
            return Ok(link.clone());
        }
        *held = None;
        let channel = self.broker.channel().await?;
        let waiters = Arc::new(Waiters::default());
        listen(&channel, &waiters).await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        let link = Link { channel, waiters };
        *held = Some(link.clone());
        Ok(link)
    }

    /// A peer that vanished without a word is noticed by its silence.
    async fn note_silence(&self) {
        if self.silent.fetch_add(1, Ordering::Relaxed) + 1 < SILENT_MAX {
            return;
        }
        self.silent.store(0, Ordering::Relaxed);
        tracing::warn!("broker is silent, connecting anew");
        *self.link.lock().await = None;
        self.broker.reset().await;
    }
}

/// Consumes answers, which must have begun before anything is asked. Once the channel is gone, so
/// is every answer that was to come over it.
async fn listen(channel: &Channel, waiters: &Arc<Waiters>) -> Result<(), BrokerError> {
    let options = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
    let answers =
        channel.basic_consume(REPLY_TO.into(), "".into(), options, FieldTable::default()).await?;
    let waiters = Arc::clone(waiters);
    answers.set_delegate(move |delivered: DeliveryResult| {
        let waiters = Arc::clone(&waiters);
        async move {
            match delivered {
                Ok(Some(delivery)) => {
                    let correlation = delivery.properties.correlation_id().as_ref();
                    let correlation = correlation.map(ToString::to_string).unwrap_or_default();
                    waiters.answer(&correlation, delivery.data);
                }
                Ok(None) | Err(_) => waiters.fail_all(),
            }
        }
    });
    Ok(())
}
