//! Waiting longer after each failure, with jitter so that many do not come back at once.

use std::time::Duration;

use innerwall_runtime::Lifecycle;
use rand::RngExt;

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(3);

/// Waits between tries.
pub(crate) struct Patience {
    next: Duration,
}

impl Patience {
    pub(crate) fn new() -> Self {
        Self { next: FIRST }
    }

    /// Waits before the next try; gives `false` when the service is stopping.
    pub(crate) async fn wait(&mut self, lifecycle: &Lifecycle) -> bool {
        let jitter = rand::rng().random_range(0.5..1.5);
        let wait = self.next.mul_f64(jitter);
        self.next = (self.next * 2).min(LONGEST);
        tokio::select! {
            () = tokio::time::sleep(wait) => !lifecycle.is_stopping(),
            () = lifecycle.stopping() => false,
        }
    }
}
