//! Signals, sent through the `kill` program: calling the kernel directly would need unsafe code.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Signal {
    Kill,
    Terminate,
    Quit,
    Stop,
    Continue,
}

impl Signal {
    fn name(self) -> &'static str {
        match self {
            Self::Kill => "KILL",
            Self::Terminate => "TERM",
            Self::Quit => "QUIT",
            Self::Stop => "STOP",
            Self::Continue => "CONT",
        }
    }
}

/// Sends one signal to all processes at once. Fails when any of them does not exist.
pub(crate) fn send(signal: Signal, pids: &[u32]) -> Result<()> {
    let output = Command::new("kill")
        .args(["-s", signal.name(), "--"])
        .args(pids.iter().map(u32::to_string))
        .stdin(Stdio::null())
        .output()
        .context("cannot run `kill`")?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("{signal:?} to {pids:?} failed: {}", complaint.trim());
    }
    Ok(())
}
