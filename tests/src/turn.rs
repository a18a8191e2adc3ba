//! One system at a time.

use tokio::sync::{Mutex, MutexGuard};

static TURN: Mutex<()> = Mutex::const_new(());

/// Held by a system while it lives. The runner of choice starts each test in a process of its own
/// and one at a time; `cargo test` runs them as threads, and there this keeps them apart.
pub(crate) type Turn = MutexGuard<'static, ()>;

pub(crate) async fn wait() -> Turn {
    TURN.lock().await
}
