//! Who waits for which answer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

type Sender = oneshot::Sender<Vec<u8>>;

/// Those who wait on one channel. `None` once the channel is gone: nobody will ever be answered.
pub(super) struct Waiters {
    all: Mutex<Option<HashMap<String, Sender>>>,
    next: AtomicU64,
}

impl Default for Waiters {
    fn default() -> Self {
        Self { all: Mutex::new(Some(HashMap::new())), next: AtomicU64::new(0) }
    }
}

/// An answer to wait for. Dropping it ends the waiting.
pub struct Reply {
    correlation: String,
    answer: oneshot::Receiver<Vec<u8>>,
    waiters: Arc<Waiters>,
}

impl Waiters {
    /// Waits for a new answer.
    pub(super) fn wait(self: &Arc<Self>) -> Reply {
        let correlation = self.next.fetch_add(1, Ordering::Relaxed).to_string();
        let (sender, answer) = oneshot::channel();
        if let Some(all) = self.all().as_mut() {
            all.insert(correlation.clone(), sender);
        }
        Reply { correlation, answer, waiters: Arc::clone(self) }
    }

    /// Passes an answer on; one that nobody waits for any more is dropped.
    pub(super) fn answer(&self, correlation: &str, answer: Vec<u8>) {
        let sender = self.all().as_mut().and_then(|all| all.remove(correlation));
        if let Some(sender) = sender {
            // Who waited may have gone this very moment.
            drop(sender.send(answer));
        }
    }

    /// Tells everybody that no answer will come.
    pub(super) fn fail_all(&self) {
        *self.all() = None;
    }

    fn all(&self) -> MutexGuard<'_, Option<HashMap<String, Sender>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reply {
    pub(super) fn correlation(&self) -> &str {
        &self.correlation
    }

    /// The answer; `None` when none came in time, or none can come any more.
    pub async fn until(mut self, deadline: Instant) -> Option<Vec<u8>> {
        timeout_at(deadline, &mut self.answer).await.ok()?.ok()
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if let Some(all) = self.waiters.all().as_mut() {
            all.remove(&self.correlation);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(5)
    }

    fn count(waiters: &Waiters) -> usize {
        waiters.all().as_ref().map_or(0, HashMap::len)
    }

    #[tokio::test]
    async fn an_answer_reaches_the_one_who_asked() {
        let waiters = Arc::new(Waiters::default());
        let (first, second) = (waiters.wait(), waiters.wait());
        waiters.answer(second.correlation(), b"second".to_vec());
        waiters.answer("nobody", b"lost".to_vec());
        assert_eq!(second.until(soon()).await.as_deref(), Some(&b"second"[..]));
        waiters.answer(first.correlation(), b"first".to_vec());
        assert_eq!(first.until(soon()).await.as_deref(), Some(&b"first"[..]));
        assert_eq!(count(&waiters), 0);
    }

    #[tokio::test]
    async fn who_gives_up_is_forgotten() {
        let waiters = Arc::new(Waiters::default());
        assert_eq!(waiters.wait().until(Instant::now()).await, None);
        drop(waiters.wait());
        assert_eq!(count(&waiters), 0);
    }

    #[tokio::test]
    async fn a_lost_channel_ends_every_wait_at_once() {
        let waiters = Arc::new(Waiters::default());
        let waiting = waiters.wait();
        waiters.fail_all();
        let late = waiters.wait();
        let began = Instant::now();
        assert_eq!(waiting.until(soon()).await, None);
        assert_eq!(late.until(soon()).await, None, "nobody will answer on it");
        assert!(began.elapsed() < Duration::from_secs(1));
    }
}
