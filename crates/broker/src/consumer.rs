//! Consuming with acknowledgements by the caller.

use futures_util::StreamExt;
use lapin::Channel;
use lapin::message::Delivery;
use lapin::options::{
    BasicAckOptions, BasicCancelOptions, BasicConsumeOptions, BasicNackOptions, BasicQosOptions,
    QueueDeclareOptions,
};
use lapin::types::{AMQPValue, FieldTable};

use crate::connection::{Broker, BrokerError};

/// A message that was delivered and waits for its acknowledgement.
#[derive(Debug)]
pub struct Message {
    pub body: Vec<u8>,
    /// Deliveries of this message before this one.
    pub deliveries: u32,
    pub trace_context: Option<String>,
    /// Where an answer is waited for.
    pub reply_to: Option<ReplyTo>,
    tag: u64,
}

/// Where an answer is waited for, and which question it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyTo {
    pub(crate) queue: String,
    pub(crate) correlation: String,
}

/// A subscription to one queue.
pub struct Consumer {
    channel: Channel,
    deliveries: lapin::Consumer,
}

impl Consumer {
    /// Subscribes to a queue with at most `prefetch` messages waiting for acknowledgement.
    pub async fn subscribe(
        broker: &Broker,
        queue: &str,
        prefetch: u16,
    ) -> Result<Self, BrokerError> {
        let channel = broker.channel().await?;
        channel.basic_qos(prefetch, BasicQosOptions::default()).await?;
        let options = BasicConsumeOptions::default();
        let deliveries =
            channel.basic_consume(queue.into(), "".into(), options, FieldTable::default()).await?;
        Ok(Self { channel, deliveries })
    }

    /// Waits for the next message. An error means the subscription is gone and what was not
    /// acknowledged will be delivered again.
    pub async fn next(&mut self) -> Result<Message, BrokerError> {
        match self.deliveries.next().await {
            Some(Ok(delivery)) => Ok(message_of(delivery)),
            Some(Err(error)) => Err(error.into()),
            None => Err(BrokerError::Cancelled),
        }
    }

    /// Acknowledges a message.
    pub async fn ack(&self, message: &Message) -> Result<(), BrokerError> {
        Ok(self.channel.basic_ack(message.tag, BasicAckOptions::default()).await?)
    }

    /// Acknowledges a message and all that were delivered before it.
    pub async fn ack_until(&self, message: &Message) -> Result<(), BrokerError> {
        Ok(self.channel.basic_ack(message.tag, BasicAckOptions { multiple: true }).await?)
    }

    /// Returns a message for another try; this counts towards its limit of deliveries.
    pub async fn retry(&self, message: &Message) -> Result<(), BrokerError> {
        let options = BasicNackOptions { requeue: true, multiple: false };
        Ok(self.channel.basic_nack(message.tag, options).await?)
    }

    /// Ends the subscription. Messages already here may still be acknowledged.
    pub async fn cancel(&self) -> Result<(), BrokerError> {
        let tag = self.deliveries.tag();
        Ok(self.channel.basic_cancel(tag, BasicCancelOptions::default()).await?)
    }

    /// Closes the channel in order, after everything has been acknowledged.
    pub async fn close(self) -> Result<(), BrokerError> {
        Ok(self.channel.close(200, "done".into()).await?)
    }
}

/// Messages that wait in a queue.
pub async fn depth(broker: &Broker, queue: &str) -> Result<u32, BrokerError> {
    let channel = broker.channel().await?;
    let options = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::durable() };
    let found = channel.queue_declare(queue.into(), options, FieldTable::default()).await?;
    channel.close(200, "counted".into()).await?;
    Ok(found.message_count())
}

fn message_of(delivery: Delivery) -> Message {
    let headers = delivery.properties.headers().as_ref();
    let header = |name: &str| headers.and_then(|headers| headers.inner().get(name));
    let deliveries = header("x-delivery-count").and_then(AMQPValue::as_long_long_int);
    let trace_context = match header("traceparent") {
        Some(AMQPValue::LongString(text)) => Some(text.to_string()),
        _ => None,
    };
    let properties = &delivery.properties;
    let reply_to = properties.reply_to().as_ref().zip(properties.correlation_id().as_ref());
    let reply_to = reply_to.map(|(queue, correlation)| ReplyTo {
        queue: queue.to_string(),
        correlation: correlation.to_string(),
    });
    Message {
        reply_to,
        deliveries: deliveries.and_then(|count| u32::try_from(count).ok()).unwrap_or(0),
        trace_context,
        tag: delivery.delivery_tag,
        body: delivery.data,
    }
}
