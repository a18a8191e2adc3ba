//! How long a producer waits for a verdict, while other events are sent as well.

use std::future::pending;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use futures_util::future::try_join_all;
use futures_util::try_join;
use http_body_util::Full;
use hyper::StatusCode;
use hyper::body::Bytes;
use tokio::time::{Instant, sleep_until};

use super::report::Decide;
use super::system::System;
use super::throughput::Scenario;
use crate::load;
use crate::load::connection::Connection;

/// Other events per second.
pub(super) const BESIDE_PER_S: f64 = 1_000.0;
/// Verdicts per second.
const DECIDE_PER_S: u32 = 200;
/// Producers, each with a connection of its own: more than wait at once at 50 ms each.
const PRODUCERS: u32 = 20;
/// Users that sign in again and again.
const USERS: u32 = 2_000;
/// Until the load has reached its rate and every statement is prepared.
const WARM_UP: Duration = Duration::from_secs(2);

/// What one producer saw.
#[derive(Default)]
struct Seen {
    latencies: Vec<Duration>,
    pending: u64,
}

/// Measures at a fixed rate: who waits long does not ask less often.
pub(super) async fn measure(system: &System, seconds: u64) -> anyhow::Result<Decide> {
    let started = Instant::now();
    let end = started + WARM_UP + Duration::from_secs(seconds);
    let beside = Scenario::SINGLE.load(system, BESIDE_PER_S, seconds + WARM_UP.as_secs());
    let load = load::run_until(beside, pending());
    let producers =
        try_join_all((0..PRODUCERS).map(|number| produce(system, number, started, end)));
    let (load, seen) = try_join!(load, producers)?;
    let pending = seen.iter().map(|seen| seen.pending).sum();
    let mut latencies = seen.into_iter().flat_map(|seen| seen.latencies).collect::<Vec<_>>();
    ensure!(!latencies.is_empty(), "no verdict was asked for: --seconds {seconds} is too short");
    latencies.sort_unstable();
    Ok(Decide::new(&load, &latencies, pending))
}

async fn produce(
    system: &System,
    number: u32,
    started: Instant,
    end: Instant,
) -> anyhow::Result<Seen> {
    let every = Duration::from_secs(1) * PRODUCERS / DECIDE_PER_S;
    let mut due = started + every * number / PRODUCERS;
    let mut connection = Connection::open(&system.ingest.address).await?;
    let (mut seen, mut turn) = (Seen::default(), number);
    while due < end {
        sleep_until(due).await;
        let status = ask(system, &mut connection, turn).await?;
        let took = due.elapsed();
        match status {
            // The first seconds belong to caches and plans.
            _ if due < started + WARM_UP => {}
            StatusCode::OK => seen.latencies.push(took),
            StatusCode::ACCEPTED => seen.pending += 1,
            other => bail!("a verdict was answered with {other}"),
        }
        turn = turn.wrapping_add(PRODUCERS);
        due += every;
    }
    Ok(seen)
}

async fn ask(
    system: &System,
    connection: &mut Connection,
    turn: u32,
) -> anyhow::Result<StatusCode> {
    let (user, host) = (turn % USERS, turn % 250);
    let event = format!(
        r#"{{"event_type":"account_login","user_id":"decide-{user}","ip":"84.151.7.{host}","url":"/login","http_method":"POST","http_code":200,"language":"de-DE","user_agent":"Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"}}"#
    );
    let request = system
        .ingest
        .address
        .request("POST", "/v1/decide")
        .header("Api-Key", &system.tenant.api_key)
        .header("Content-Type", "application/json")
        .body(Full::new(Bytes::from(event)))?;
    Ok(connection.send(request).await.context("no verdict")?.status)
}
