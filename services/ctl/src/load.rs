//! `load`: realistic traffic, for demonstrations and measurements.
//!
//! [`traffic`] makes the events and knows neither clock nor network; [`worker`] sends them.

mod answer;
mod attack;
pub(crate) mod connection;
mod contact;
pub(crate) mod corpus;
pub(crate) mod crowd;
mod dice;
mod histogram;
mod label;
pub(crate) mod labelled;
mod ordinary;
mod pace;
pub(crate) mod pattern;
mod person;
mod places;
pub(crate) mod report;
mod scene;
mod session;
mod shop;
pub(crate) mod source;
mod step;
pub(crate) mod traffic;
mod visit;
mod worker;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use hyper::header::HeaderValue;
use innerwall_event::limits::BATCH_EVENTS_MAX;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use self::connection::Address;
use self::crowd::Share;
use self::label::Labels;
use self::pace::Pace;
use self::report::{LoadReport, Tally};
use self::source::Source;
use self::traffic::Traffic;
use self::worker::{Job, Worker};

/// More connections than this would measure the machine's sockets.
const CONNECTIONS_MAX: usize = 1_024;

/// Events of years would not be accepted.
const HISTORY_DAYS_MAX: u32 = 365;
/// Labelled traffic is held in memory as a whole, and people are numbered with 32 bits.
const SCENES_MAX: u32 = 1_000;
const USERS_MAX: u32 = 5_000_000;

/// Send realistic, seeded traffic: ordinary users with habits, and a few attackers.
#[derive(Clone, clap::Args)]
pub(crate) struct LoadOptions {
    /// Where ingest answers, such as `http://127.0.0.1:8080`
    #[arg(long)]
    pub(crate) url: String,
    #[arg(long)]
    pub(crate) api_key: String,
    /// Events per second; 0: as fast as possible
    #[arg(long, default_value_t = 0.0)]
    pub(crate) rate: f64,
    /// How long; 0: until interrupted
    #[arg(long, default_value_t = 10)]
    pub(crate) seconds: u64,
    #[arg(long, default_value_t = 8)]
    pub(crate) connections: usize,
    /// Events per request: 1 sends JSON objects, more sends newline-delimited JSON
    #[arg(long, default_value_t = 1)]
    pub(crate) batch: usize,
    /// Ordinary users; without `--labelled`, there is one attack or unusual life for every 50 of
    /// them, and one of each at least
    #[arg(long, default_value_t = 5_000)]
    pub(crate) users: u32,
    /// The same seed gives the same users
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// File to write the accounts of attacks and unusual lives to at the end, one JSON object per
    /// line
    #[arg(long)]
    pub(crate) labels: Option<PathBuf>,
    /// Send finite traffic of which all is known, and write all its accounts to this file: first
    /// their past as fast as possible, then attacks and ordinary lives of the last minutes at
    /// `--rate`, over one connection
    #[arg(long, conflicts_with = "labels")]
    pub(crate) labelled: Option<PathBuf>,
    /// Days of habits before the attacks of labelled traffic
    #[arg(long, default_value_t = 7)]
    pub(crate) history_days: u32,
    /// Attacks of each pattern and lives of each kind in labelled traffic
    #[arg(long, default_value_t = 10)]
    pub(crate) scenes: u32,
}

/// Sends until the time is over or a signal comes.
pub(crate) async fn run(options: LoadOptions) -> anyhow::Result<LoadReport> {
    let mut terminate = signal(SignalKind::terminate())?;
    let interrupted = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    run_until(options, interrupted).await
}

/// Sends until the time is over or `interrupted` resolves.
pub(crate) async fn run_until(
    options: LoadOptions,
    interrupted: impl Future<Output = ()>,
) -> anyhow::Result<LoadReport> {
    if let Some(path) = options.labelled.clone() {
        return labelled::run(options, &path, interrupted).await;
    }
    let share_count = check(&options)?;
    let users = options.users.max(share_count);
    let started = Instant::now();
    let source = |index| {
        let share = Share { index, count: share_count };
        Source::Endless(Box::new(Traffic::of_share(options.seed, users, share)))
    };
    let sources = (0..share_count).map(source).collect();
    let (tally, labels) = send(&options, sources, interrupted).await?;
    if let Some(path) = &options.labels {
        labels.write(path)?;
    }
    Ok(tally.report(started.elapsed()))
}

/// Sends from each source over a connection of its own.
async fn send(
    options: &LoadOptions,
    sources: Vec<Source>,
    interrupted: impl Future<Output = ()>,
) -> anyhow::Result<(Tally, Labels)> {
    let job = Arc::new(job(options, Instant::now())?);
    let (stop, stopped) = watch::channel(false);
    let mut workers = JoinSet::new();
    for source in sources {
        workers.spawn(Worker::new(Arc::clone(&job), source, stopped.clone()).run());
    }
    gather(&mut workers, &stop, time_of(options), interrupted).await
}

/// Checks the limits; gives the number of connections.
fn check(options: &LoadOptions) -> anyhow::Result<u32> {
    let LoadOptions { connections, batch, rate, .. } = options;
    ensure!(
        (1..=CONNECTIONS_MAX).contains(connections),
        "--connections {connections} is not between 1 and {CONNECTIONS_MAX}"
    );
    ensure!(
        (1..=BATCH_EVENTS_MAX).contains(batch),
        "--batch {batch} is not between 1 and {BATCH_EVENTS_MAX}"
    );
    ensure!(
        options.history_days <= HISTORY_DAYS_MAX,
        "--history-days {} is more than {HISTORY_DAYS_MAX}",
        options.history_days
    );
    ensure!(
        options.scenes <= SCENES_MAX && options.users <= USERS_MAX,
        "--scenes {} or --users {} is more than {SCENES_MAX} or {USERS_MAX}",
        options.scenes,
        options.users
    );
    ensure!(rate.is_finite() && *rate >= 0.0, "--rate {rate} is not 0 or more");
    Ok(u32::try_from(*connections)?)
}

#[expect(clippy::cast_precision_loss, reason = "a batch is at most 500 events")]
fn job(options: &LoadOptions, now: Instant) -> anyhow::Result<Job> {
    let mut api_key = HeaderValue::from_str(&options.api_key).context("--api-key is not a key")?;
    api_key.set_sensitive(true);
    let requests_per_second = options.rate / options.batch as f64;
    Ok(Job {
        address: Address::parse(&options.url)?,
        api_key,
        batch: options.batch,
        pace: Pace::new(requests_per_second, now),
    })
}

fn time_of(options: &LoadOptions) -> Option<Duration> {
    (options.seconds > 0).then(|| Duration::from_secs(options.seconds))
}

/// Tells the workers to stop when it is time, and adds up what they did. The first worker that
/// fails ends the run.
async fn gather(
    workers: &mut JoinSet<anyhow::Result<(Tally, Labels)>>,
    stop: &watch::Sender<bool>,
    time: Option<Duration>,
    interrupted: impl Future<Output = ()>,
) -> anyhow::Result<(Tally, Labels)> {
    let (mut total, mut labels) = (Tally::new(), Labels::default());
    let is_over = async {
        match time {
            Some(time) => tokio::select! { () = sleep(time) => {}, () = interrupted => {} },
            None => interrupted.await,
        }
    };
    tokio::pin!(is_over);
    loop {
        tokio::select! {
            () = &mut is_over, if !*stop.borrow() => {
                stop.send_replace(true);
            }
            ended = workers.join_next() => match ended {
                Some(ended) => {
                    let (tally, more) = ended??;
                    total.merge(&tally);
                    labels.merge(more);
                }
                None => return Ok((total, labels)),
            }
        }
    }
}
