//! The queues. Names carry a version because a queue's arguments can never change.

use lapin::Channel;
use lapin::options::QueueDeclareOptions;
use lapin::types::{AMQPValue, FieldTable, ShortString};

/// Shards of users. Transactions of different shards never touch the same user, so that more
/// scorers mean more throughput.
pub const SHARDS: u16 = 8;

/// Queues of events whose producers wait for the verdict, each a shard of its own: what they add to
/// shared things must not wait for those of the other events.
pub const DECIDE_SHARDS: u16 = 4;

/// After this many failed deliveries a message is dead; the suspect lane takes over long before.
const DELIVERIES_MAX: i32 = 20;
/// In the suspect lane a message travels alone: three failures are its own.
const SUSPECT_DELIVERIES_MAX: i32 = 3;
/// Bytes one shard may hold before publishing is refused.
const QUEUE_BYTES_MAX: i64 = 512 * 1024 * 1024;
/// Longer than any outage of the database the scorer is promised to sit out.
const CONSUMER_TIMEOUT_MS: i32 = 6 * 3600 * 1000;

/// Names of the queues, with a prefix that lets several systems share a broker.
#[derive(Clone, Debug)]
pub struct Topology {
    prefix: String,
}

impl Topology {
    pub fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned() }
    }

    /// Queue of the events of one shard.
    pub fn events(&self, shard: u16) -> String {
        format!("{}events.v1.{shard}", self.prefix)
    }

    /// Queue of the events of one decide shard: each is alone in its message and its producer waits.
    pub fn decide(&self, shard: u16) -> String {
        format!("{}decide.v1.{shard}", self.prefix)
    }

    /// Queue of single events that were in flight when a scorer died.
    pub fn suspect(&self) -> String {
        format!("{}events.suspect.v1", self.prefix)
    }

    /// Queue of messages that killed every scorer that touched them.
    pub fn dead(&self) -> String {
        format!("{}events.dead.v1", self.prefix)
    }

    pub(crate) async fn declare(&self, channel: &Channel) -> Result<(), lapin::Error> {
        declare(channel, &self.dead(), FieldTable::default()).await?;
        declare(channel, &self.suspect(), self.limits(SUSPECT_DELIVERIES_MAX, true)).await?;
        for shard in 0..SHARDS {
            declare(channel, &self.events(shard), self.limits(DELIVERIES_MAX, false)).await?;
        }
        for shard in 0..DECIDE_SHARDS {
            declare(channel, &self.decide(shard), self.limits(DELIVERIES_MAX, false)).await?;
        }
        Ok(())
    }

    /// What happens to a message that cannot be handled or does not fit. Dead-lettering is
    /// at-least-once: the default may lose the message on its way.
    fn limits(&self, deliveries_max: i32, is_single: bool) -> FieldTable {
        let mut arguments = FieldTable::default();
        let mut set = |name: &str, value: AMQPValue| {
            arguments.insert(name.into(), value);
        };
        set("x-delivery-limit", AMQPValue::LongInt(deliveries_max));
        set("x-dead-letter-exchange", text(""));
        set("x-dead-letter-routing-key", text(&self.dead()));
        set("x-dead-letter-strategy", text("at-least-once"));
        set("x-overflow", text("reject-publish"));
        set("x-max-length-bytes", AMQPValue::LongLongInt(QUEUE_BYTES_MAX));
        set("x-consumer-timeout", AMQPValue::LongInt(CONSUMER_TIMEOUT_MS));
        if is_single {
            set("x-single-active-consumer", AMQPValue::Boolean(true));
        }
        arguments
    }
}

fn text(value: &str) -> AMQPValue {
    AMQPValue::LongString(value.into())
}

async fn declare(
    channel: &Channel,
    name: &str,
    mut arguments: FieldTable,
) -> Result<(), lapin::Error> {
    arguments.insert(ShortString::from("x-queue-type"), text("quorum"));
    channel.queue_declare(name.into(), QueueDeclareOptions::durable(), arguments).await?;
    Ok(())
}
