//! SIGTERM: what was begun is finished.

use std::time::Duration;

use anyhow::{Context, Result};
use innerwall_testkit::{Oracle, amqp, eventually};
use innerwall_tests::{Broken, Load, LoadShape, Plan, System, event, seed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

const ROLLS: usize = 5;
const BETWEEN_ROLLS: Duration = Duration::from_secs(1);
const SLOW_REQUESTS: usize = 20;
/// Ample for a local server to accept a connection and read a few bytes.
const BEGUN_AFTER: Duration = Duration::from_millis(300);
/// A connection made at the very moment of the signal may wait in a queue of the kernel, which is
/// lost when the socket closes. After this time the gateway has seen it.
const ACCEPTED_AFTER: Duration = Duration::from_millis(20);
const CLOSES_WITHIN: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rolling_restarts_of_scorers_lose_and_park_nothing() -> Result<()> {
    let mut system = System::start_as(&Plan { scorers: 2, ..Plan::default() }).await?;
    let mut load = Load::start(&system, LoadShape::default(), seed())?;
    for roll in 0..ROLLS {
        sleep(BETWEEN_ROLLS).await;
        let scorer = &mut system.scorers[roll % 2];
        scorer.end_in_order().await.with_context(|| format!("roll {roll}"))?;
        scorer.start_again()?;
        scorer.wait_ready().await?;
    }
    let report = load.finish().await?;
    assert_eq!(report.statuses(), [202], "producers notice nothing: {report:?}");
    system.check_all(load.journal()).await?;
    let dead = amqp::queue_depth(&system.site.amqp_url, &system.site.dead_queue()).await?;
    assert_eq!(dead, 0);
    for scorer in &system.scorers {
        let suspects = scorer.log_lines("was in flight when scorers died");
        assert!(suspects.is_empty(), "a restart in order is no death: {suspects:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_is_asked_to_end_answers_every_request_it_has_begun() -> Result<()> {
    let mut system = System::start().await?;
    let mut load = Load::start(&system, LoadShape::default(), seed())?;
    let mut slow = Vec::new();
    for _ in 0..SLOW_REQUESTS {
        slow.push(SlowRequest::begin(&system).await?);
    }
    sleep(BEGUN_AFTER).await;
    let asked_at = Instant::now();
    system.ingest.process.terminate()?;
    let address = address(&system).to_owned();
    eventually(CLOSES_WITHIN, "no new connection is accepted", async || {
        Ok(TcpStream::connect(&address).await.is_err().then_some(()))
    })
    .await?;
    for request in slow {
        let answer = request.end().await?;
        assert!(answer.starts_with("HTTP/1.1 202 "), "{answer:?}");
    }
    system.ingest.ended_in_order().await?;
    system.ingest.start_again()?;
    system.ingest.wait_ready().await?;

    let report = load.finish().await?;
    let was_begun = |broken: &&Broken| broken.begun + ACCEPTED_AFTER < asked_at;
    let lost: Vec<&Broken> = report.broken.iter().filter(was_begun).collect();
    assert!(lost.is_empty(), "requests without an answer: {lost:?}");
    let slow = i64::try_from(SLOW_REQUESTS)?;
    system.visible("slow", SLOW_REQUESTS as u64).await?;
    check_load(&system, &load, slow).await
}

/// The oracle knows the load alone: the slow requests are taken out of the stored events.
async fn check_load(system: &System, load: &Load, slow: i64) -> Result<()> {
    let accepted = i64::try_from(load.journal().all_accepted().len())?;
    let ledger = system.ledger_balanced(accepted + slow).await?;
    assert_eq!(ledger.parked, 0, "{ledger:?}");
    let stored = system.stored_event_ids().await?;
    assert_eq!(i64::try_from(stored.len())?, ledger.scored);
    let of_load = stored.into_iter().filter(|event_id| load.is_of_load(event_id));
    Oracle::new(load.journal()).check(of_load)?;
    system.check_counters().await
}

fn address(system: &System) -> &str {
    system.ingest.url.trim_start_matches("http://")
}

/// A request whose body comes in two parts.
struct SlowRequest {
    stream: TcpStream,
    rest: Vec<u8>,
}

impl SlowRequest {
    async fn begin(system: &System) -> Result<Self> {
        let body = event("slow", "page_view").to_string();
        let head = format!(
            "POST /v1/events HTTP/1.1\r\nHost: test\r\nApi-Key: {}\r\nContent-Length: {}\r\n\
             Content-Type: application/json\r\n\r\n",
            system.site.tenant.api_key,
            body.len()
        );
        let (now, later) = body.as_bytes().split_at(10);
        let mut stream = TcpStream::connect(address(system)).await?;
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(now).await?;
        Ok(Self { stream, rest: later.to_vec() })
    }

    /// Sends the rest and gives the beginning of the answer.
    async fn end(mut self) -> Result<String> {
        self.stream.write_all(&self.rest).await?;
        let mut answer = [0; 512];
        let read = self.stream.read(&mut answer).await.context("the connection broke")?;
        Ok(String::from_utf8_lossy(&answer[..read]).into_owned())
    }
}
