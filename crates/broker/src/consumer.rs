//! Consuming with acknowledgements by the caller.

use std::pin::Pin;

use futures_util::StreamExt;
use futures_util::stream::{self, SelectAll, Stream};
use lapin::Channel;
use lapin::message::Delivery;
use lapin::options::{
    BasicAckOptions, BasicCancelOptions, BasicConsumeOptions, BasicQosOptions, QueueDeclareOptions,
};
use lapin::types::{AMQPValue, FieldTable, ShortString};

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
    /// Place of its queue in the subscription.
    queue: usize,
    tag: u64,
}

/// Where an answer is waited for, and which question it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyTo {
    pub(crate) queue: String,
    pub(crate) correlation: String,
}

/// A subscription to some queues, read as one.
pub struct Consumer {
    queues: Vec<Subscribed>,
    deliveries: SelectAll<Pin<Box<dyn Stream<Item = Arrival> + Send + Sync>>>,
}

/// A queue has a channel of its own: acknowledging many at once then concerns its messages alone.
struct Subscribed {
    channel: Channel,
    tag: ShortString,
}

/// What came from the queue at a place; `None` when nothing more will.
type Arrival = (usize, Option<Result<Delivery, lapin::Error>>);

impl Consumer {
    /// Subscribes to queues with at most `prefetch` messages of each waiting for acknowledgement.
    pub async fn subscribe(
        broker: &Broker,
        queues: &[String],
        prefetch: u16,
    ) -> Result<Self, BrokerError> {
        let mut found =
            Self { queues: Vec::with_capacity(queues.len()), deliveries: SelectAll::new() };
        for (place, queue) in queues.iter().enumerate() {
            let channel = broker.channel().await?;
            channel.basic_qos(prefetch, BasicQosOptions::default()).await?;
            let (options, arguments) = (BasicConsumeOptions::default(), FieldTable::default());
            let deliveries =
                channel.basic_consume(queue.as_str().into(), "".into(), options, arguments).await?;
            found.queues.push(Subscribed { channel, tag: deliveries.tag() });
            let arrivals = deliveries.map(move |delivery| (place, Some(delivery)));
            let end = stream::once(async move { (place, None) });
            found.deliveries.push(Box::pin(arrivals.chain(end)));
        }
        Ok(found)
    }

    /// Waits for the next message. An error means the subscription is gone and what was not
    /// acknowledged will be delivered again.
    pub async fn next(&mut self) -> Result<Message, BrokerError> {
        match self.deliveries.next().await {
            Some((queue, Some(delivery))) => Ok(message_of(delivery?, queue)),
            Some((_, None)) | None => Err(BrokerError::Cancelled),
        }
    }

    /// Acknowledges messages, and all that were delivered before each in its queue.
    pub async fn ack_until(&self, messages: &[Message]) -> Result<(), BrokerError> {
        for (queue, Subscribed { channel, .. }) in self.queues.iter().enumerate() {
            let of_queue = messages.iter().filter(|message| message.queue == queue);
            if let Some(tag) = of_queue.map(|message| message.tag).max() {
                channel.basic_ack(tag, BasicAckOptions { multiple: true }).await?;
            }
        }
        Ok(())
    }

    /// Ends the subscription. Messages already here may still be acknowledged.
    pub async fn cancel(&self) -> Result<(), BrokerError> {
        for Subscribed { channel, tag } in &self.queues {
            channel.basic_cancel(tag.clone(), BasicCancelOptions::default()).await?;
        }
        Ok(())
    }

    /// Closes the channels in order, after everything has been acknowledged.
    pub async fn close(self) -> Result<(), BrokerError> {
        for Subscribed { channel, .. } in self.queues {
            channel.close(200, "done".into()).await?;
        }
        Ok(())
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

fn message_of(delivery: Delivery, queue: usize) -> Message {
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
        queue,
        tag: delivery.delivery_tag,
        body: delivery.data,
    }
}
