//! The listening side of a proxy.

use std::net::{self, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::link;
use super::mode::{Mode, Setting};

/// Accepts connections as the mode has it and starts a link for each.
pub(super) struct Gate {
    pub(super) address: SocketAddr,
    pub(super) upstream: String,
    pub(super) settings: watch::Receiver<Setting>,
    /// Number of the last switch that took effect.
    pub(super) applied: watch::Sender<u64>,
    pub(super) accepted: Arc<AtomicUsize>,
}

impl Gate {
    /// Runs until the proxy is dropped; the links end with it.
    pub(super) async fn run(mut self, listener: net::TcpListener) -> Result<()> {
        let mut listener = Some(TcpListener::from_std(listener)?);
        let mut links = JoinSet::new();
        loop {
            let setting = *self.settings.borrow_and_update();
            if setting.mode == Mode::Refuse {
                listener = None;
            } else if listener.is_none() {
                let again = TcpListener::bind(self.address).await;
                listener = Some(again.with_context(|| format!("port of {}", self.address))?);
            }
            self.applied.send_replace(setting.generation);
            tokio::select! {
                biased;
                changed = self.settings.changed() => {
                    if changed.is_err() {
                        return Ok(());
                    }
                }
                client = next_client(listener.as_ref()) => self.admit(client?, setting, &mut links),
            }
            while links.try_join_next().is_some() {}
        }
    }

    fn admit(&self, client: TcpStream, setting: Setting, links: &mut JoinSet<()>) {
        self.accepted.fetch_add(1, Ordering::Relaxed);
        if setting.mode == Mode::Reset {
            link::reset(&client);
            return;
        }
        links.spawn(link::run(client, self.upstream.clone(), self.settings.clone()));
    }
}

async fn next_client(listener: Option<&TcpListener>) -> Result<TcpStream> {
    match listener {
        Some(listener) => Ok(listener.accept().await.context("proxy cannot accept")?.0),
        None => std::future::pending().await,
    }
}
