//! How long an event takes from being sent to being visible, while others are sent as well.

use std::future::pending;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use futures_util::future::try_join_all;
use futures_util::try_join;
use http_body_util::Full;
use hyper::StatusCode;
use hyper::body::Bytes;
use innerwall_runtime::clock;
use tokio::time::{Instant, sleep, sleep_until};

use super::http::Client;
use super::report::Visible;
use super::system::System;
use super::throughput::Scenario;
use crate::load;
use crate::load::connection::Connection;

/// Each probe follows one event at a time.
const PROBES: usize = 2;
/// Resolution of the numbers; more requests would be a load of their own.
const POLL_EVERY: Duration = Duration::from_millis(10);
const PAUSE: Duration = Duration::from_millis(20);
/// Until the load has reached its rate.
const WARM_UP: Duration = Duration::from_secs(1);
const VISIBLE_MAX: Duration = Duration::from_secs(30);

/// Measures at a rate of single-event requests.
pub(super) async fn measure(system: &System, rate: f64, seconds: u64) -> anyhow::Result<Visible> {
    let before = system.cpu.read();
    let started = Instant::now();
    let end = started + Duration::from_secs(seconds);
    let load = load::run_until(Scenario::SINGLE.load(system, rate, seconds), pending());
    let probes = try_join_all((0..PROBES).map(|_| probe(system, started + WARM_UP, end)));
    let (load, latencies) = try_join!(load, probes)?;
    let cpu = system.cpu.read().since(&before);
    let mut latencies = latencies.concat();
    ensure!(!latencies.is_empty(), "no event was followed: --seconds {seconds} is too short");
    latencies.sort_unstable();
    Ok(Visible::new(rate, &load, &latencies, &cpu))
}

async fn probe(system: &System, start: Instant, end: Instant) -> anyhow::Result<Vec<Duration>> {
    let mut query = Client::new(&system.query.address, &system.tenant.api_token);
    let mut latencies = Vec::new();
    sleep_until(start).await;
    let mut connection = Connection::open(&system.ingest.address).await?;
    while Instant::now() < end {
        let user = format!("probe-{}", clock::fresh_id());
        let sent_at = Instant::now();
        send(system, &mut connection, &user).await?;
        wait_visible(&mut query, &user, sent_at).await?;
        latencies.push(sent_at.elapsed());
        sleep(PAUSE).await;
    }
    Ok(latencies)
}

async fn send(system: &System, connection: &mut Connection, user: &str) -> anyhow::Result<()> {
    let event = format!(
        r#"{{"user_id":"{user}","ip":"84.150.9.1","url":"/","http_method":"GET","http_code":200,"language":"de-DE"}}"#
    );
    let request = system
        .ingest
        .address
        .request("POST", "/v1/events")
        .header("Api-Key", &system.tenant.api_key)
        .header("Content-Type", "application/json")
        .body(Full::new(Bytes::from(event)))?;
    let answer = connection.send(request).await?;
    ensure!(answer.status == StatusCode::ACCEPTED, "probe was answered {}", answer.status);
    Ok(())
}

async fn wait_visible(query: &mut Client, user: &str, sent_at: Instant) -> anyhow::Result<()> {
    let path = format!("/api/v1/users/{user}");
    while sent_at.elapsed() < VISIBLE_MAX {
        let answer = query.get(&path).await.context("query")?;
        match answer.status {
            StatusCode::OK => return Ok(()),
            StatusCode::NOT_FOUND => sleep(POLL_EVERY).await,
            other => bail!("query answers {other} for a user"),
        }
    }
    bail!("an event was not visible within {} s", VISIBLE_MAX.as_secs())
}
