//! The only crate that knows AMQP. It moves bytes and headers and knows nothing of events.
//!
//! What is published is persistent, mandatory and confirmed before it counts. What is consumed is
//! acknowledged by the caller, after its effect is stored.

mod connection;
mod consumer;
mod publisher;
mod replies;
mod requests;
mod topology;

pub use connection::{Broker, BrokerError};
pub use consumer::{Consumer, Message, ReplyTo, depth};
pub use publisher::{PublishError, Publisher};
pub use replies::Replies;
pub use requests::{Reply, Requests};
pub use topology::{DECIDE_SHARDS, SHARDS, Topology};
