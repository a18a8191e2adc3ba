//! One connection per process, made again when it is gone.

use std::time::Duration;

use lapin::{Channel, Connection, ConnectionProperties};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::topology::Topology;

/// How long making a connection and declaring the queues may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Both sides speak at least this often; a peer that is silent for twice as long is gone.
const HEARTBEAT_S: u16 = 5;

/// Why the broker cannot be used right now. Always worth another try.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    #[error("broker: {0}")]
    Amqp(#[from] lapin::Error),
    #[error("broker did not answer within {} s", CONNECT_TIMEOUT.as_secs())]
    Timeout,
    #[error("broker address: {0}")]
    Address(String),
    #[error("consumer was cancelled by the broker")]
    Cancelled,
}

/// A connection to the broker that is made when needed.
pub struct Broker {
    url: String,
    name: String,
    topology: Topology,
    connection: Mutex<Option<Connection>>,
}

impl Broker {
    /// Remembers where the broker is; connects on first use.
    pub fn new(url: &str, name: &str, topology: Topology) -> Self {
        let separator = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{separator}heartbeat={HEARTBEAT_S}");
        Self { url, name: name.to_owned(), topology, connection: Mutex::new(None) }
    }

    pub fn topology(&self) -> &Topology {
        &self.topology
    }

    /// Opens a channel, connecting and declaring the queues first where needed.
    pub async fn channel(&self) -> Result<Channel, BrokerError> {
        timeout(CONNECT_TIMEOUT, self.open()).await.map_err(|_| BrokerError::Timeout)?
    }

    /// Gives up the connection, so that the next use makes a new one.
    pub async fn reset(&self) {
        let mut connection = self.connection.lock().await;
        *connection = None;
    }

    /// Whether the broker answers.
    pub async fn ping(&self) -> Result<(), BrokerError> {
        let channel = self.channel().await?;
        channel.close(200, "ping".into()).await?;
        Ok(())
    }

    async fn open(&self) -> Result<Channel, BrokerError> {
        let mut held = self.connection.lock().await;
        if let Some(connection) = held.as_ref().filter(|held| held.status().connected()) {
            return Ok(connection.create_channel().await?);
        }
        *held = None;
        let properties =
            ConnectionProperties::default().with_connection_name(self.name.as_str().into());
        let connection = Connection::connect(&self.url, properties).await?;
        let channel = connection.create_channel().await?;
        self.topology.declare(&channel).await?;
        tracing::info!("connected to the broker");
        *held = Some(connection);
        Ok(channel)
    }
}
