//! A child process with its log, its signals and its end.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::guard::Guard;
use crate::log::LogBuffer;
use crate::poll::eventually;
use crate::processes;
use crate::signal::{self, Signal};

/// A killed process is gone within this, or the kernel itself has a problem.
const KILLED_WITHIN: Duration = Duration::from_secs(10);

/// A process of the test, in its own process group, together with all that it starts.
#[derive(Debug)]
pub(crate) struct ChildProcess {
    name: String,
    child: Child,
    log: LogBuffer,
    _guard: Guard,
}

impl ChildProcess {
    pub(crate) fn start(name: &str, command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let log = LogBuffer::default();
        if let (Some(output), Some(errors)) = (child.stdout.take(), child.stderr.take()) {
            log.collect(output);
            log.collect(errors);
        }
        let guard = Guard::for_group(child.id())?;
        Ok(Self { name: name.to_owned(), child, log, _guard: guard })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn log(&self) -> &LogBuffer {
        &self.log
    }

    /// Signals the process itself; an error when it has ended.
    pub(crate) fn signal(&mut self, signal: Signal) -> Result<()> {
        self.check_running()?;
        signal::send(signal, &[self.id()])
    }

    /// Signals the process, then everything it started.
    pub(crate) fn signal_all(&mut self, signal: Signal) -> Result<()> {
        self.signal(signal)?;
        // Listed after the parent got its signal: a stopped one starts nothing more. Those that
        // ended since need no signal.
        signal::send(signal, &processes::family(self.id())?).ok();
        Ok(())
    }

    /// Kills the process and everything it started; returns once none of it is alive.
    pub(crate) fn kill_all(&mut self) -> Result<()> {
        let family = match self.child.try_wait()? {
            None => processes::family(self.id())?,
            Some(_) => processes::orphans(self.id())?,
        };
        if !family.is_empty() {
            // One of them may end by itself before its signal is sent: what counts is that none
            // is left.
            signal::send(Signal::Kill, &family).ok();
        }
        let ends_at = Instant::now() + KILLED_WITHIN;
        while self.child.try_wait()?.is_none() || processes::any_alive(&family)? {
            if Instant::now() >= ends_at {
                bail!("{} is still alive {KILLED_WITHIN:?} after SIGKILL", self.name);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Waits for the process to end; the error holds the end of its log.
    pub(crate) async fn exit_within(&mut self, deadline: Duration) -> Result<ExitStatus> {
        let child = &mut self.child;
        let what = format!("{} exits", self.name);
        let exit = eventually(deadline, &what, async || Ok(child.try_wait()?)).await;
        exit.with_context(|| self.explain("is still running"))
    }

    /// An error with the end of the log once the process has ended.
    pub(crate) fn check_running(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!(self.explain(&format!("has ended ({status})"))),
        }
    }

    /// A sentence about this process, followed by the end of its log.
    pub(crate) fn explain(&self, state: &str) -> String {
        format!("{} (pid {}) {state}; end of its log:\n{}", self.name, self.id(), self.log.tail())
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.explain("when the test failed"));
        }
        if let Err(error) = self.kill_all() {
            eprintln!("{error:#}");
        }
    }
}
