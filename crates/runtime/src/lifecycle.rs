//! An orderly start and end: tasks that are waited for, signals, a bounded drain.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long tasks may take to finish after the signal to stop.
const DRAIN_MAX: Duration = Duration::from_secs(25);

/// The life of a service. Cheap to clone.
#[derive(Clone, Default)]
pub struct Lifecycle {
    stop: CancellationToken,
    tasks: TaskTracker,
    has_failed: Arc<AtomicBool>,
}

impl Lifecycle {
    pub fn new() -> Self {
        Self::default()
    }

    /// Resolves when the service should stop taking new work.
    pub async fn stopping(&self) {
        self.stop.cancelled().await;
    }

    pub fn is_stopping(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Asks the service to stop.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Starts a task that shutdown waits for. A task that panics or ends before the service stops
    /// takes the service down: a service that only half works helps nobody.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that spawns")]
    pub fn spawn<F>(&self, name: &'static str, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let lifecycle = self.clone();
        let running = tokio::spawn(task);
        self.tasks.spawn(async move {
            let outcome = running.await;
            if outcome.is_ok() && lifecycle.is_stopping() {
                return;
            }
            let reason = outcome.err().map(|error| error.to_string());
            tracing::error!(task = name, reason, "task ended, stopping the service");
            lifecycle.has_failed.store(true, Ordering::Relaxed);
            lifecycle.stop();
        });
    }

    /// Starts a task that shutdown waits for and that may end at any time.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that spawns")]
    pub fn spawn_short<F>(&self, name: &'static str, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let running = tokio::spawn(task);
        self.tasks.spawn(async move {
            if let Err(error) = running.await {
                tracing::error!(task = name, %error, "task failed");
            }
        });
    }

    /// Waits for SIGTERM or SIGINT, then for all tasks to finish. A second signal or the end of
    /// the drain time cuts them off. Gives whether everything ended in order.
    pub async fn run(&self) -> bool {
        let mut signals = match Signals::listen() {
            Ok(signals) => signals,
            Err(error) => {
                tracing::error!(%error, "cannot listen for signals");
                return false;
            }
        };
        tokio::select! {
            () = signals.next() => tracing::info!("stopping"),
            () = self.stopping() => {}
        }
        self.stop();
        self.tasks.close();
        let has_drained = tokio::select! {
            () = self.tasks.wait() => true,
            () = tokio::time::sleep(DRAIN_MAX) => false,
            () = signals.next() => false,
        };
        if has_drained {
            tracing::info!("stopped");
        } else {
            tracing::error!("stopped before all work was finished");
        }
        has_drained && !self.has_failed.load(Ordering::Relaxed)
    }
}

struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        let terminate = signal(SignalKind::terminate())?;
        Ok(Self { terminate, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
