//! Without a confirm nobody is told that an event was accepted.

use std::time::Duration;

use anyhow::{Result, ensure};
use innerwall_testkit::{PrivateBroker, eventually};
use innerwall_tests::{Plan, Servers, System, event};
use tokio::time::Instant;

/// The strictest tracker gives up after 1.5 s.
const ANSWER_WITHIN: Duration = Duration::from_millis(1300);
const BACK_WITHIN: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_or_dead_broker_is_answered_with_503_in_time() -> Result<()> {
    let mut broker = PrivateBroker::start().await?;
    let servers = Servers { amqp_url: Some(broker.url()), ..Servers::default() };
    let system = System::start_as(&Plan { servers, ..Plan::default() }).await?;
    assert_eq!(system.send_json(&event("olga", "page_view")).await?.status, 202);
    system.visible("olga", 1).await?;

    broker.pause()?;
    check_refused(&system, "paused").await?;
    broker.resume()?;
    eventually(BACK_WITHIN, "events are accepted again", async || {
        let answer = system.send_json(&event("olga", "page_view")).await?;
        ensure!(answer.status == 202, "{} {}", answer.status, answer.text());
        Ok(Some(()))
    })
    .await?;

    broker.kill9()?;
    check_refused(&system, "killed").await
}

async fn check_refused(system: &System, state: &str) -> Result<()> {
    for attempt in 0..8 {
        let started = Instant::now();
        let answer = system.send_json(&event("olga", "page_view")).await?;
        let took = started.elapsed();
        let what = format!("broker {state}, attempt {attempt}: {} after {took:?}", answer.status);
        ensure!(answer.status == 503, "{what}: {}", answer.text());
        ensure!(took < ANSWER_WITHIN, "{what}");
        let wait: Option<u64> = answer.header("retry-after").and_then(|text| text.parse().ok());
        ensure!(wait.is_some_and(|seconds| seconds >= 1), "{what}, Retry-After {wait:?}");
    }
    Ok(())
}
