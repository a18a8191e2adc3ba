//! Plain connections to a database, for tests that look behind the services.

use std::ops::Deref;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_postgres::{Client, NoTls};

/// A local server that lives accepts at once.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// An open connection; it is a [`Client`] that closes when dropped.
#[derive(Debug)]
pub struct SqlSession {
    client: Client,
    /// Moves the bytes; ends with this value.
    _driver: JoinSet<()>,
}

impl Deref for SqlSession {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// Connects without TLS.
pub async fn connect(url: &str) -> Result<SqlSession> {
    let (client, connection) = timeout(CONNECT_WITHIN, tokio_postgres::connect(url, NoTls))
        .await
        .with_context(|| format!("PostgreSQL did not answer within {CONNECT_WITHIN:?}"))?
        .context("cannot connect to PostgreSQL")?;
    let mut driver = JoinSet::new();
    driver.spawn(async move {
        // The statement in flight fails with the same error: nobody needs it twice.
        connection.await.ok();
    });
    Ok(SqlSession { client, _driver: driver })
}
