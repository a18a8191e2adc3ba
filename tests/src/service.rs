//! One service of a system, which may be killed and started again at the same address.

use std::time::Duration;

use anyhow::{Result, ensure};
use innerwall_testkit::{ServiceProcess, free_port};

use crate::site::Site;

/// Longer than a service may take to drain.
const ENDS_WITHIN: Duration = Duration::from_secs(28);

/// A running service.
#[derive(Debug)]
pub struct Service {
    pub process: ServiceProcess,
    /// `http://127.0.0.1:port`
    pub url: String,
    binary: String,
    variables: Vec<(String, String)>,
    /// Lines of processes that have ended.
    earlier_log: Vec<String>,
}

impl Service {
    /// Starts `innerwall-<role>` on a free port; it may not be ready yet.
    pub async fn start(site: &Site, role: &str, more: &[(String, String)]) -> Result<Self> {
        let port = free_port()?;
        let mut variables = site.variables();
        variables.retain(|(name, _)| name != "INNERWALL_DATABASE_URL");
        let mut set = |name: &str, value: String| variables.push((name.to_owned(), value));
        set("INNERWALL_DATABASE_URL", site.role_url(role).await?);
        set("INNERWALL_LISTEN", format!("127.0.0.1:{port}"));
        set("INNERWALL_GRPC_LISTEN", "127.0.0.1:0".to_owned());
        variables.extend_from_slice(more);
        let binary = format!("innerwall-{role}");
        Ok(Self {
            process: ServiceProcess::start(&binary, as_pairs(&variables))?,
            url: format!("http://127.0.0.1:{port}"),
            binary,
            variables,
            earlier_log: Vec::new(),
        })
    }

    /// Waits until the service says that it is ready.
    pub async fn wait_ready(&mut self) -> Result<()> {
        self.process.wait_ready(&self.url).await
    }

    /// Starts the service again at the same address, killing it first if it still runs.
    pub fn start_again(&mut self) -> Result<()> {
        self.process.kill9()?;
        self.earlier_log.append(&mut self.process.log_lines(""));
        self.process = ServiceProcess::start(&self.binary, as_pairs(&self.variables))?;
        Ok(())
    }

    /// Asks the service to end and waits for an end in order.
    pub async fn end_in_order(&mut self) -> Result<()> {
        self.process.terminate()?;
        self.ended_in_order().await
    }

    /// Waits until the service, which was asked to end, has ended in order.
    pub async fn ended_in_order(&mut self) -> Result<()> {
        let status = self.process.exit_within(ENDS_WITHIN).await?;
        ensure!(
            status.success(),
            "{} ended with {status} after SIGTERM:\n{}",
            self.binary,
            self.process.log_lines("").join("\n")
        );
        Ok(())
    }

    /// Lines that hold the text, of this process and of those before it.
    pub fn log_lines(&self, text: &str) -> Vec<String> {
        let earlier = self.earlier_log.iter().filter(|line| line.contains(text));
        earlier.cloned().chain(self.process.log_lines(text)).collect()
    }
}

fn as_pairs(variables: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    variables.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}
