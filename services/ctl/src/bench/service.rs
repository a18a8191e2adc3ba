//! A service as a child process.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::process::Child;
use tokio::time::{Instant, sleep};

use super::ctl::Ctl;
use super::http;
use crate::load::connection::Address;

const READY_MAX: Duration = Duration::from_mins(1);
const POLL_EVERY: Duration = Duration::from_millis(50);

/// A running service; dropping it kills the process.
pub(super) struct Service {
    /// Without the prefix of our programs, such as `scorer`.
    pub(super) name: &'static str,
    pub(super) address: Address,
    pub(super) url: String,
    child: Child,
}

impl Service {
    /// Starts a service of the role that it is named after.
    pub(super) async fn start(
        ctl: &Ctl,
        name: &'static str,
        queue_prefix: &str,
    ) -> anyhow::Result<Self> {
        let database_url = ctl.run(&["url", "--role", name]).await?;
        let listen = free_address()?;
        let mut command = ctl.program(&format!("innerwall-{name}"));
        command
            .env("INNERWALL_DATABASE_URL", database_url)
            .env("INNERWALL_LISTEN", &listen)
            .env("INNERWALL_GRPC_LISTEN", free_address()?)
            .env("INNERWALL_QUEUE_PREFIX", queue_prefix)
            .stdout(Stdio::null());
        if let Some(data_dir) = &ctl.data_dir {
            command.env("INNERWALL_DATA_DIR", data_dir);
        }
        let child = command.spawn().with_context(|| format!("cannot start innerwall-{name}"))?;
        let url = format!("http://{listen}");
        Ok(Self { name, address: Address::parse(&url)?, url, child })
    }

    pub(super) async fn wait_ready(&mut self) -> anyhow::Result<()> {
        let deadline = Instant::now() + READY_MAX;
        loop {
            if let Some(status) = self.child.try_wait()? {
                bail!("innerwall-{} ended: {status}", self.name);
            }
            let answer = http::get_once(&self.address, "/readyz").await;
            let Err(problem) = answer.and_then(http::Checked::ok) else {
                return Ok(());
            };
            if Instant::now() > deadline {
                return Err(problem.context(format!("innerwall-{} is not ready", self.name)));
            }
            sleep(POLL_EVERY).await;
        }
    }

    /// The process; an error when it has ended.
    pub(super) fn id(&self) -> anyhow::Result<u32> {
        self.child.id().with_context(|| format!("innerwall-{} has ended", self.name))
    }

    pub(super) async fn stop(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// A port of this machine that was free a moment ago.
fn free_address() -> anyhow::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?.to_string())
}
