//! Small acts on any broker. Each opens a connection of its own, so none depends on an earlier one.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use lapin::options::{
    BasicGetOptions, BasicPublishOptions, ConfirmSelectOptions, QueueDeclareOptions,
    QueueDeleteOptions, QueuePurgeOptions,
};
use lapin::{BasicProperties, Channel, Confirmation, Connection, ConnectionProperties};
use tokio::time::timeout;

pub use lapin::types::{AMQPValue, FieldTable};

/// A broker that is up answers in milliseconds; one that was paused must not hang the test.
const ACT_WITHIN: Duration = Duration::from_secs(10);

const PERSISTENT: u8 = 2;

/// A message taken from a queue.
#[derive(Clone, Debug)]
pub struct TakenMessage {
    pub body: Vec<u8>,
    pub headers: FieldTable,
}

/// Whether the broker accepts a connection; the error says why not.
pub async fn ping(url: &str) -> Result<()> {
    with_channel(url, async |_| Ok(())).await
}

/// Messages that wait for a consumer. Delivered ones that are not yet acknowledged do not count.
///
/// A quorum queue reports 0 while it has no leader, which is so for some 100 ms after the broker
/// came up: poll for a depth, and never take a single 0 for "empty".
pub async fn queue_depth(url: &str, queue: &str) -> Result<u32> {
    with_channel(url, async |channel| {
        let passive = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::durable() };
        let found = channel.queue_declare(queue.into(), passive, FieldTable::default()).await?;
        Ok(found.message_count())
    })
    .await
    .with_context(|| format!("cannot measure queue {queue}"))
}

/// Declares a durable quorum queue with no other arguments.
pub async fn declare_quorum(url: &str, queue: &str) -> Result<()> {
    with_channel(url, async |channel| {
        let mut arguments = FieldTable::default();
        arguments.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
        channel.queue_declare(queue.into(), QueueDeclareOptions::durable(), arguments).await?;
        Ok(())
    })
    .await
    .with_context(|| format!("cannot declare queue {queue}"))
}

/// Puts bytes into a queue as they are and waits until the broker owns them.
pub async fn publish_raw(url: &str, queue: &str, body: &[u8], headers: FieldTable) -> Result<()> {
    with_channel(url, async |channel| {
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        let options = BasicPublishOptions { mandatory: true, immediate: false };
        let properties =
            BasicProperties::default().with_delivery_mode(PERSISTENT).with_headers(headers);
        let confirm =
            channel.basic_publish("".into(), queue.into(), options, body, properties).await?;
        match confirm.await? {
            Confirmation::Ack(None) => Ok(()),
            Confirmation::Ack(Some(_)) => bail!("there is no such queue"),
            Confirmation::Nack(_) | Confirmation::NotRequested => bail!("the broker refused it"),
        }
    })
    .await
    .with_context(|| format!("cannot publish to queue {queue}"))
}

/// Takes the first waiting message away, if there is one.
pub async fn take(url: &str, queue: &str) -> Result<Option<TakenMessage>> {
    with_channel(url, async |channel| {
        let at_once = BasicGetOptions { no_ack: true };
        let Some(message) = channel.basic_get(queue.into(), at_once).await? else {
            return Ok(None);
        };
        let delivery = message.delivery;
        let headers = delivery.properties.headers().clone().unwrap_or_default();
        Ok(Some(TakenMessage { body: delivery.data, headers }))
    })
    .await
    .with_context(|| format!("cannot take from queue {queue}"))
}

/// Removes all waiting messages and tells how many there were.
pub async fn purge(url: &str, queue: &str) -> Result<u32> {
    with_channel(url, async |channel| {
        Ok(channel.queue_purge(queue.into(), QueuePurgeOptions::default()).await?)
    })
    .await
    .with_context(|| format!("cannot purge queue {queue}"))
}

/// Deletes a queue with all it holds; deleting what is not there is no error.
pub async fn delete(url: &str, queue: &str) -> Result<()> {
    with_channel(url, async |channel| {
        channel.queue_delete(queue.into(), QueueDeleteOptions::default()).await?;
        Ok(())
    })
    .await
    .with_context(|| format!("cannot delete queue {queue}"))
}

async fn with_channel<T>(url: &str, act: impl AsyncFnOnce(&Channel) -> Result<T>) -> Result<T> {
    let whole = async {
        let connection = Connection::connect(url, ConnectionProperties::default()).await?;
        let channel = connection.create_channel().await?;
        let outcome = act(&channel).await;
        // The act is done or has failed: how the farewell went changes neither.
        connection.close(200, "done".into()).await.ok();
        outcome
    };
    match timeout(ACT_WITHIN, Box::pin(whole)).await {
        Ok(outcome) => outcome,
        Err(_) => bail!("the broker did not answer within {ACT_WITHIN:?}"),
    }
}
