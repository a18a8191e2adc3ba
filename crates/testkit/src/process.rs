//! One of our services as a real process.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::child::ChildProcess;
use crate::environment::{self, BIN_DIR};
use crate::poll::eventually;
use crate::signal::Signal;
use crate::{http, processes};

/// A debug build that migrates and connects on a busy machine is ready within this.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// Settings of the services begin so. A child inherits none of them: a test states all it uses.
const SETTINGS_PREFIX: &str = "INNERWALL_";

/// A running service. Dropping it kills the process and, when the test fails by a panic, prints
/// the end of its log; errors returned from here hold that end as well.
#[derive(Debug)]
pub struct ServiceProcess {
    child: ChildProcess,
}

impl ServiceProcess {
    /// Starts a built binary of this workspace by its name, with these variables added.
    pub fn start<K: AsRef<OsStr>, V: AsRef<OsStr>>(
        binary: &str,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self> {
        Self::start_program(&built_binary(binary)?, &[], variables)
    }

    /// Starts any program.
    pub fn start_program<K: AsRef<OsStr>, V: AsRef<OsStr>>(
        program: &Path,
        arguments: &[&str],
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self> {
        let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
        let mut command = Command::new(program);
        command.args(arguments);
        for (inherited, _) in std::env::vars_os() {
            if inherited.to_string_lossy().starts_with(SETTINGS_PREFIX) {
                command.env_remove(inherited);
            }
        }
        command.envs(variables);
        Ok(Self { child: ChildProcess::start(&name, &mut command)? })
    }

    /// Polls `GET <base_url>/readyz` until it answers 200; fails at once when the process ends.
    pub async fn wait_ready(&mut self, base_url: &str) -> Result<()> {
        let url = format!("{}/readyz", base_url.trim_end_matches('/'));
        let outcome = eventually(READY_WITHIN, &format!("{url} answers 200"), async || {
            if let Err(ended) = self.child.check_running() {
                return Ok(Some(Err(ended)));
            }
            let response = http::request("GET", &url, &[], "").await?;
            ensure!(response.status == 200, "{} {}", response.status, response.text());
            Ok(Some(Ok(())))
        })
        .await;
        outcome.with_context(|| self.child.explain("is not ready"))?
    }

    /// Kills the process as a power cut would; returns once it is gone.
    pub fn kill9(&mut self) -> Result<()> {
        self.child.kill_all()
    }

    /// Asks the process to end (SIGTERM).
    pub fn terminate(&mut self) -> Result<()> {
        self.child.signal(Signal::Terminate)
    }

    /// Freezes the process: its connections stay open and nothing answers (SIGSTOP).
    pub fn pause(&mut self) -> Result<()> {
        self.child.signal_all(Signal::Stop)
    }

    /// Lets a paused process go on (SIGCONT).
    pub fn resume(&mut self) -> Result<()> {
        self.child.signal_all(Signal::Continue)
    }

    /// Waits for the process to end by itself.
    pub async fn exit_within(&mut self, deadline: Duration) -> Result<ExitStatus> {
        self.child.exit_within(deadline).await
    }

    /// Lines of standard output and standard error that hold the text; `""` gives all that is kept.
    pub fn log_lines(&self, text: &str) -> Vec<String> {
        self.child.log().lines_with(text)
    }

    /// Largest resident memory of the process so far; an error once it has ended.
    pub fn peak_memory_kib(&self) -> Result<u64> {
        processes::peak_memory_kib(self.child.id())
    }

    /// Process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

fn built_binary(name: &str) -> Result<PathBuf> {
    let directory = environment::optional(BIN_DIR).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/debug"),
        PathBuf::from,
    );
    binary_in(&directory, name)
}

fn binary_in(directory: &Path, name: &str) -> Result<PathBuf> {
    let path = directory.join(name);
    if !path.is_file() {
        bail!(
            "{} is missing: run `cargo build --workspace`, or set {BIN_DIR} to where it is",
            path.display()
        );
    }
    Ok(path)
}

#[cfg(test)]
mod tests;
