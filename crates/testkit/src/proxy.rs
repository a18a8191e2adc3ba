//! A TCP link that a test can break in several ways.

mod accept;
mod link;
mod mode;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use tokio::sync::watch;

use self::accept::Gate;
use self::mode::Setting;
pub use self::mode::{Direction, Mode};
use crate::free_port;

/// A TCP proxy in front of one server. Services under test connect through it.
///
/// It runs in a thread of its own, so that it works on while the test blocks. Dropping it closes
/// the port and all connections.
#[derive(Debug)]
pub struct ChaosProxy {
    port: u16,
    accepted: Arc<AtomicUsize>,
    /// The thread ends when this is dropped.
    settings: Option<watch::Sender<Setting>>,
    applied: watch::Receiver<u64>,
    thread: Option<JoinHandle<()>>,
}

impl ChaosProxy {
    /// Listens on a free port of 127.0.0.1 and passes everything on to `upstream` (`host:port`).
    pub fn start(upstream: impl Into<String>) -> Result<Self> {
        let port = free_port()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).context("proxy port")?;
        listener.set_nonblocking(true)?;
        let (settings, settings_seen) = watch::channel(Setting::default());
        let (applied_here, applied) = watch::channel(0);
        let accepted = Arc::new(AtomicUsize::new(0));
        let gate = Gate {
            address: listener.local_addr()?,
            upstream: upstream.into(),
            settings: settings_seen,
            applied: applied_here,
            accepted: Arc::clone(&accepted),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let thread = std::thread::Builder::new().name("chaos-proxy".into()).spawn(move || {
            if let Err(error) = runtime.block_on(gate.run(listener)) {
                eprintln!("proxy to a broken link: {error:#}");
            }
        })?;
        Ok(Self { port, accepted, settings: Some(settings), applied, thread: Some(thread) })
    }

    /// `127.0.0.1:port`, to be used in place of the server's address.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Port on which the proxy listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Connections that clients made so far.
    pub fn connections(&self) -> usize {
        self.accepted.load(Ordering::Relaxed)
    }

    /// Switches all connections, present and future; returns once the switch has taken effect.
    pub async fn set_mode(&self, mode: Mode) -> Result<()> {
        let settings = self.settings.as_ref().context("the proxy is being dropped")?;
        let mut generation = 0;
        settings.send_modify(|setting| {
            setting.generation += 1;
            setting.mode = mode;
            generation = setting.generation;
        });
        let mut applied = self.applied.clone();
        applied.wait_for(|done| *done >= generation).await.context("the proxy has failed")?;
        Ok(())
    }
}

impl Drop for ChaosProxy {
    fn drop(&mut self) {
        drop(self.settings.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            eprintln!("the proxy thread panicked");
        }
    }
}

#[cfg(test)]
mod tests;
