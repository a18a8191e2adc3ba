//! Waiting for a state without sleeping a fixed time.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::{Instant, sleep, timeout_at};

/// Pause between two probes: short beside any deadline a test sets, long beside one probe.
const POLL_EVERY: Duration = Duration::from_millis(50);

/// Probes until there is a value, or fails with `what` and the last state seen.
///
/// `Ok(None)` means "not yet". An error of the probe also means "not yet", because a server that
/// comes up answers with errors at first; the last one is reported. A probe that is still running
/// at the deadline is dropped.
pub async fn eventually<T>(
    deadline: Duration,
    what: &str,
    mut probe: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let ends_at = Instant::now() + deadline;
    let mut last_state = String::from("the first probe never finished");
    loop {
        match timeout_at(ends_at, probe()).await {
            Ok(Ok(Some(value))) => return Ok(value),
            Ok(Ok(None)) => "not yet".clone_into(&mut last_state),
            Ok(Err(error)) => last_state = format!("{error:#}"),
            Err(_) => break,
        }
        if Instant::now() + POLL_EVERY >= ends_at {
            break;
        }
        sleep(POLL_EVERY).await;
    }
    bail!("{what}: not within {deadline:?}, last state: {last_state}")
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    const SHORT: Duration = Duration::from_millis(180);

    #[tokio::test]
    async fn returns_the_first_value_and_stops_probing() {
        let mut probes = 0;
        let value = eventually(Duration::from_secs(5), "third probe", async || {
            probes += 1;
            Ok((probes == 3).then_some("done"))
        })
        .await;
        assert_eq!((value.unwrap(), probes), ("done", 3));
    }

    #[tokio::test]
    async fn an_error_is_retried_and_the_last_one_is_reported() {
        let mut probes = 0;
        let error = eventually::<()>(SHORT, "queue empties", async || {
            probes += 1;
            Err(anyhow!("depth {probes}"))
        })
        .await
        .unwrap_err()
        .to_string();
        assert!(probes > 1, "probed once only");
        assert!(error.starts_with("queue empties: not within 180ms"), "{error}");
        assert!(error.ends_with(&format!("last state: depth {probes}")), "{error}");
    }

    #[tokio::test]
    async fn a_probe_that_hangs_does_not_outlive_the_deadline() {
        let started = Instant::now();
        let error = eventually::<()>(SHORT, "answer", async || std::future::pending().await)
            .await
            .unwrap_err()
            .to_string();
        assert!(started.elapsed() < SHORT * 10, "took {:?}", started.elapsed());
        assert!(error.contains("the first probe never finished"), "{error}");
    }
}
