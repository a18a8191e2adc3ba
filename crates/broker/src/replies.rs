//! Answers to whoever waits for them.

use std::sync::Arc;
use std::time::Duration;

use lapin::options::BasicPublishOptions;
use lapin::{BasicProperties, Channel};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::connection::{Broker, BrokerError};
use crate::consumer::ReplyTo;

/// Answering must not hold up what comes next: nobody waits long for an answer anyway.
const SEND_MAX: Duration = Duration::from_millis(200);

/// Sends answers. None is confirmed: the effect is stored, and whoever misses its answer finds it
/// there.
pub struct Replies {
    broker: Arc<Broker>,
    channel: Mutex<Option<Channel>>,
}

impl Replies {
    pub fn new(broker: Arc<Broker>) -> Self {
        Self { broker, channel: Mutex::new(None) }
    }

    /// Sends an answer. An error means that it is lost, and needs no more than a line in the log.
    pub async fn send(&self, to: &ReplyTo, answer: &[u8]) -> Result<(), BrokerError> {
        timeout(SEND_MAX, self.publish(to, answer)).await.map_err(|_| BrokerError::Timeout)?
    }

    async fn publish(&self, to: &ReplyTo, answer: &[u8]) -> Result<(), BrokerError> {
        let channel = self.channel().await?;
        let properties =
            BasicProperties::default().with_correlation_id(to.correlation.as_str().into());
        let (options, queue) = (BasicPublishOptions::default(), to.queue.as_str());
        channel.basic_publish("".into(), queue.into(), options, answer, properties).await?;
        Ok(())
    }

    async fn channel(&self) -> Result<Channel, BrokerError> {
        let mut held = self.channel.lock().await;
        if let Some(channel) = held.as_ref().filter(|channel| channel.status().connected()) {
            return Ok(channel.clone());
        }
        let channel = self.broker.channel().await?;
        *held = Some(channel.clone());
        Ok(channel)
    }
}
