//! What the servers can do alone, with the same data: the limits of everything built on them.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use futures_util::stream::FuturesUnordered;
use futures_util::{StreamExt, TryFutureExt};
use innerwall_broker::{Broker, Publisher, SHARDS, Topology};
use innerwall_event::{Event, Receipt, Strictness, TenantId, Timestamp, accept, json};
use innerwall_runtime::clock;
use innerwall_wire::Batch;
use serde::Deserialize;
use tokio::time::Instant;

use super::BenchOptions;
use super::ctl::Ctl;
use super::report::{Raw, rate};
use super::system::PRESET;
use super::throughput::LIVE;
use crate::load::crowd::Share;
use crate::load::traffic::Traffic;

/// As the gateway packs when it is busy.
const BATCH_EVENTS: usize = 256;
const FLYING: usize = 64;
/// Different messages, sent over and over.
const MESSAGES: usize = 64;
/// Nobody consumes: this bounds what the broker has to hold.
const BYTES_MAX: usize = 512 * 1024 * 1024;
const PUBLISH_MAX: Duration = Duration::from_secs(5);
const CONFIRM_MAX: Duration = Duration::from_secs(10);
const ROWS: &str = "200000";

#[derive(Deserialize)]
struct RawInsert {
    rows_per_s: f64,
}

pub(super) async fn measure(ctl: &Ctl, options: &BenchOptions) -> anyhow::Result<Raw> {
    let time = PUBLISH_MAX.min(Duration::from_secs(options.seconds));
    let (events, bytes, elapsed_s) = publish(ctl, time).await?;
    let tenant = ctl.tenant("raw", (PRESET, LIVE)).await?;
    let arguments = ["raw-insert", "--json", "--tenant", &tenant.name, "--events", ROWS];
    let inserted: RawInsert = ctl.json(&arguments).await?;
    Ok(Raw {
        confirmed_events_per_s: rate(events as u64, elapsed_s),
        confirmed_mib_per_s: rate(bytes as u64, elapsed_s) / 1024.0 / 1024.0,
        inserted_rows_per_s: inserted.rows_per_s,
    })
}

/// Publishes batches with confirms; gives events, bytes and seconds.
async fn publish(ctl: &Ctl, time: Duration) -> anyhow::Result<(usize, usize, f64)> {
    let topology = Topology::new(&format!("bench-{}-raw-", ctl.run_id));
    let broker = Arc::new(Broker::new(ctl.amqp_url(), "innerwall-bench", topology));
    broker.ping().await.context("broker")?;
    let queues: Vec<String> = (0..SHARDS).map(|shard| broker.topology().events(shard)).collect();
    let messages = messages()?;
    let publisher = Publisher::new(broker);
    let mut sent = (0..).map(|number: usize| {
        let (queue, message) = (&queues[number % queues.len()], &messages[number % MESSAGES]);
        let confirmed = publisher.publish(queue, message, None, CONFIRM_MAX);
        confirmed.map_ok(|()| message.len())
    });
    let started = Instant::now();
    let mut flying: FuturesUnordered<_> = sent.by_ref().take(FLYING).collect();
    let (mut events, mut bytes) = (0, 0);
    while let Some(confirmed) = flying.next().await {
        bytes += confirmed?;
        events += BATCH_EVENTS;
        if started.elapsed() < time && bytes < BYTES_MAX {
            flying.extend(sent.next());
        }
    }
    Ok((events, bytes, started.elapsed().as_secs_f64()))
}

fn messages() -> anyhow::Result<Vec<Vec<u8>>> {
    let mut traffic = Traffic::of_share(1, 10_000, Share { index: 0, count: 1 });
    let mut message = || {
        let events = (0..BATCH_EVENTS).map(|_| event(&mut traffic));
        let batch = Batch {
            id: clock::fresh_id(),
            tenant: TenantId(1),
            gateway: clock::fresh_id(),
            shard: 0,
            events: events.collect::<anyhow::Result<_>>()?,
            parent: None,
            redrive_of: None,
            wants_verdict: false,
        };
        Ok(batch.encode())
    };
    (0..MESSAGES).map(|_| message()).collect()
}

fn event(traffic: &mut Traffic) -> anyhow::Result<Event> {
    let now_us = clock::now_micros();
    let mut text = String::new();
    traffic.next(now_us, &mut text);
    let at = Timestamp::from_micros(now_us);
    let receipt = Receipt { tenant: TenantId(1), at, fresh_id: clock::fresh_id() };
    Ok(accept(json::read(&text)?, receipt, Strictness::Refuse)?)
}
