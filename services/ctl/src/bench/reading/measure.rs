//! One route, request after request.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::super::http::{Checked, Client};
use super::super::report::at_rank;
use super::super::service::Service;
use super::routes::Route;
use super::values::Values;

/// How long answers took.
#[derive(Debug, Serialize)]
pub(super) struct Measured {
    pub(super) name: &'static str,
    pub(super) route: &'static str,
    pub(super) path: &'static str,
    /// The first request; the others do not count it.
    pub(super) cold_ms: f64,
    pub(super) ms_p50: f64,
    pub(super) ms_p99: f64,
    pub(super) ms_max: f64,
    /// Of the last answer.
    pub(super) bytes: usize,
}

/// Measures a route.
pub(super) async fn measure(
    route: &Route,
    values: &Values,
    (token, query): (&str, &Service),
    requests: usize,
) -> anyhow::Result<Measured> {
    let mut client = Client::new(&query.address, token);
    let (cold, mut bytes) = request(&mut client, &values.path(route.path, 0)?).await?;
    let mut latencies = Vec::with_capacity(requests);
    for nth in 1..=requests {
        let latency;
        (latency, bytes) = request(&mut client, &values.path(route.path, nth)?).await?;
        latencies.push(latency);
    }
    latencies.sort_unstable();
    Ok(Measured {
        name: route.name,
        route: route.documented,
        path: route.path,
        cold_ms: cold.as_secs_f64() * 1e3,
        ms_p50: at_rank(&latencies, 500),
        ms_p99: at_rank(&latencies, 990),
        ms_max: at_rank(&latencies, 1000),
        bytes,
    })
}

async fn request(client: &mut Client, path: &str) -> anyhow::Result<(Duration, usize)> {
    let began = Instant::now();
    let answer = client.get(path).await?;
    let latency = began.elapsed();
    Ok((latency, answer.ok()?.len()))
}

impl Measured {
    pub(super) fn line(&self) -> String {
        let Self { name, cold_ms, ms_p50, ms_p99, ms_max, .. } = self;
        format!("{name:<56} {cold_ms:>9.1} {ms_p50:>9.1} {ms_p99:>9.1} {ms_max:>9.1}")
    }
}
