//! A message broker of the test's own, from the packages of the distribution.

mod site;

use std::time::Duration;

use anyhow::{Context, Result};

use self::site::Site;
use crate::amqp;
use crate::child::ChildProcess;
use crate::poll::eventually;
use crate::signal::Signal;

/// About 8 s on an idle machine; much more while compilers run beside it.
const UP_WITHIN: Duration = Duration::from_secs(90);

/// A broker that may be killed: own ports, node name, cookie, name server and directory.
///
/// It listens on 127.0.0.1 only and touches no other broker of the machine. Dropping it ends its
/// processes and removes its data.
#[derive(Debug)]
pub struct PrivateBroker {
    server: ChildProcess,
    _name_server: ChildProcess,
    site: Site,
}

impl PrivateBroker {
    /// Starts a broker and waits until it accepts AMQP connections.
    pub async fn start() -> Result<Self> {
        let site = Site::prepare()?;
        let name_server = site.start_name_server()?;
        let server = site.start_server()?;
        let mut broker = Self { server, _name_server: name_server, site };
        broker.wait_up().await?;
        Ok(broker)
    }

    /// Address for clients, user `guest` on the default virtual host.
    pub fn url(&self) -> String {
        format!("amqp://guest:guest@127.0.0.1:{}/%2f", self.port())
    }

    /// Port of the AMQP listener.
    pub fn port(&self) -> u16 {
        self.site.amqp_port
    }

    /// Kills the broker as a power cut would; returns once it is gone.
    ///
    /// A quorum queue that was declared less than about a second ago may come back without a
    /// leader, for ever and with its confirmed messages gone: the broker writes its table of
    /// queue members late (rabbitmq-server issue 15725 shows the state).
    pub fn kill9(&mut self) -> Result<()> {
        self.server.kill_all()
    }

    /// Starts it again on the same data and port, killing it first if it still runs.
    pub async fn restart(&mut self) -> Result<()> {
        self.server.kill_all()?;
        self.server = self.site.start_server()?;
        self.wait_up().await
    }

    /// Freezes the broker: its connections stay open and nothing answers (SIGSTOP).
    pub fn pause(&mut self) -> Result<()> {
        self.server.signal_all(Signal::Stop)
    }

    /// Lets a paused broker go on (SIGCONT).
    pub fn resume(&mut self) -> Result<()> {
        self.server.signal_all(Signal::Continue)
    }

    /// Lines of the broker's log since its last start that hold the text.
    pub fn log_lines(&self, text: &str) -> Vec<String> {
        self.server.log().lines_with(text)
    }

    async fn wait_up(&mut self) -> Result<()> {
        let url = self.url();
        let outcome = eventually(UP_WITHIN, "RabbitMQ accepts connections", async || {
            if let Err(ended) = self.server.check_running() {
                return Ok(Some(Err(ended)));
            }
            amqp::ping(&url).await?;
            Ok(Some(Ok(())))
        })
        .await;
        outcome.with_context(|| self.server.explain("is not up"))?
    }
}
