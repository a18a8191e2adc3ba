//! A database server of the test's own, from the packages of the distribution.

mod site;

use std::time::Duration;

use anyhow::{Context, Result};

use self::site::Site;
use crate::child::ChildProcess;
use crate::poll::eventually;
use crate::signal::Signal;
use crate::sql;

/// A second or two on an idle machine; crash recovery and busy neighbours take longer.
const UP_WITHIN: Duration = Duration::from_mins(1);

/// An immediate shutdown does not wait for clients.
const STOPPED_WITHIN: Duration = Duration::from_secs(20);

/// Ends all other client sessions of the server.
const TERMINATE_BACKENDS: &str = "
    SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
    FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";

/// A database server that may be killed: own port, user table and directory, durable settings.
///
/// It listens on 127.0.0.1 only and touches no other server of the machine. Dropping it ends its
/// processes and removes its data.
#[derive(Debug)]
pub struct PrivatePostgres {
    server: ChildProcess,
    site: Site,
}

impl PrivatePostgres {
    /// Creates an empty cluster, starts it and waits until it accepts connections.
    pub async fn start() -> Result<Self> {
        let site = Site::prepare().await?;
        let mut postgres = Self { server: site.start_server()?, site };
        postgres.wait_up().await?;
        Ok(postgres)
    }

    /// Address for clients: superuser `postgres`, database `postgres`, no password.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port())
    }

    /// Port of the server.
    pub fn port(&self) -> u16 {
        self.site.port
    }

    /// Immediate shutdown: sessions are cut off, the next start recovers from the log.
    pub async fn stop_immediate(&mut self) -> Result<()> {
        self.server.signal(Signal::Quit)?;
        self.server.exit_within(STOPPED_WITHIN).await?;
        Ok(())
    }

    /// Kills the server and all its backends as a power cut would; returns once they are gone.
    pub fn kill9(&mut self) -> Result<()> {
        self.server.kill_all()
    }

    /// Starts it again on the same data and port, killing it first if it still runs.
    pub async fn restart(&mut self) -> Result<()> {
        self.server.kill_all()?;
        self.server = self.site.start_server()?;
        self.wait_up().await
    }

    /// Freezes the server: its connections stay open and nothing answers (SIGSTOP).
    pub fn pause(&mut self) -> Result<()> {
        self.server.signal_all(Signal::Stop)
    }

    /// Lets a paused server go on (SIGCONT).
    pub fn resume(&mut self) -> Result<()> {
        self.server.signal_all(Signal::Continue)
    }

    /// Ends all client sessions, the server stays up. Returns how many there were.
    pub async fn terminate_backends(&self) -> Result<u64> {
        let session = sql::connect(&self.url()).await?;
        let row = session.query_one(TERMINATE_BACKENDS, &[]).await?;
        Ok(u64::try_from(row.try_get::<_, i64>(0)?)?)
    }

    /// Lines of the server's log since its last start that hold the text.
    pub fn log_lines(&self, text: &str) -> Vec<String> {
        self.server.log().lines_with(text)
    }

    async fn wait_up(&mut self) -> Result<()> {
        let url = self.url();
        let outcome = eventually(UP_WITHIN, "PostgreSQL accepts connections", async || {
            if let Err(ended) = self.server.check_running() {
                return Ok(Some(Err(ended)));
            }
            sql::connect(&url).await?.query_one("SELECT 1", &[]).await?;
            Ok(Some(Ok(())))
        })
        .await;
        outcome.with_context(|| self.server.explain("is not up"))?
    }
}
