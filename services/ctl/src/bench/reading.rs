//! The reading bench: a tenant with the events of months is filled, and every route that people and
//! machines read is measured on it, and every export.

mod exports;
mod fill;
mod measure;
mod routes;
mod scenery;
mod table;
mod values;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use innerwall_event::Timestamp;
use innerwall_runtime::clock;
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};

use self::exports::Exported;
use self::fill::Filled;
use self::measure::Measured;
use super::ctl::Ctl;
use super::machine::Machine;
use super::progress;
use super::report::Storage;
use super::service::Service;

const SCENARIO: &str = "reading";
const DAY_S: i64 = 86_400;

/// Expects a migrated database in `INNERWALL_DATABASE_URL` (the owner's). What is stored stays there.
#[derive(Clone, clap::Args)]
pub(crate) struct ReadingOptions {
    /// Directory of the programs to measure
    #[arg(long)]
    bin_dir: PathBuf,
    /// File for the numbers as JSON
    #[arg(long)]
    out: PathBuf,
    /// Events to fill the tenant with
    #[arg(long, default_value_t = 5_000_000, value_parser = clap::value_parser!(i64).range(1_000..))]
    events: i64,
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(i64).range(100..))]
    users: i64,
    /// Days that the events are of
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(i64).range(2..=1_000))]
    days: i64,
    /// Requests of each route, one after the other
    #[arg(long, default_value_t = 100)]
    requests: usize,
    /// Measure a tenant that was filled before, by the same numbers
    #[arg(long)]
    filled: Option<String>,
    /// Only routes whose name holds this text, and no exports
    #[arg(long)]
    only: Option<String>,
}

/// The numbers.
#[derive(Debug, Serialize)]
pub(super) struct Reading {
    started_at: String,
    machine: Machine,
    /// What the tenant was filled with.
    filled: Filled,
    storage: Storage,
    requests: usize,
    routes: Vec<Measured>,
    exports: Vec<Exported>,
}

/// Runs the bench, prints a table and writes the numbers to a file.
pub(crate) async fn run(options: &ReadingOptions) -> anyhow::Result<()> {
    ensure!(options.requests > 0, "--requests is 1 or more");
    let mut terminate = signal(SignalKind::terminate())?;
    let reading = tokio::select! {
        reading = Box::pin(read(options)) => reading?,
        _ = terminate.recv() => bail!("terminated"),
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    };
    let json = serde_json::to_string_pretty(&reading)? + "\n";
    std::fs::write(&options.out, json)
        .with_context(|| format!("cannot write {}", options.out.display()))?;
    Ok(std::io::stdout().write_all(table::render(&reading).as_bytes())?)
}

async fn read(options: &ReadingOptions) -> anyhow::Result<Reading> {
    let now = Timestamp::from_micros(clock::now_micros());
    let ctl = Ctl::new(&options.bin_dir, None)?;
    ctl.run(&["migrate"]).await?;
    let filled = match &options.filled {
        Some(name) => Filled::before(name, options),
        None => fill::fill(&ctl, options, now).await?,
    };
    let token = ctl.token(&filled.tenant).await?;
    let storage = ctl.sizes().await?;
    let mut query = Service::start(&ctl, "query", SCENARIO).await?;
    query.wait_ready().await?;
    let (routes, exports) = measured(options, &token, &query, now).await?;
    query.stop().await?;
    Ok(Reading {
        started_at: now.to_rfc3339(),
        machine: Machine::look()?,
        filled,
        storage,
        requests: options.requests,
        routes,
        exports,
    })
}

async fn measured(
    options: &ReadingOptions,
    token: &str,
    query: &Service,
    now: Timestamp,
) -> anyhow::Result<(Vec<Measured>, Vec<Exported>)> {
    let values = values::find(options, token, query, now).await?;
    let (mut routes, mut failures) = (Vec::new(), Vec::new());
    let is_wanted = |name: &str| options.only.as_deref().is_none_or(|part| name.contains(part));
    for route in routes::routes().filter(|route| is_wanted(route.name)) {
        let measured = measure::measure(route, &values, (token, query), options.requests).await;
        match measured {
            Ok(measured) => {
                progress(&measured.line())?;
                routes.push(measured);
            }
            Err(failure) => {
                progress(&format!("{}: {failure:#}", route.name))?;
                failures.push(route.name);
            }
        }
    }
    let mut exports = Vec::new();
    if options.only.is_none() {
        for export in routes::EXPORTS {
            let exported = exports::measure(export, &values, (token, query)).await;
            let exported = exported.with_context(|| export.name)?;
            progress(&exported.line())?;
            exports.push(exported);
        }
    }
    ensure!(failures.is_empty(), "failed: {}", failures.join(", "));
    Ok((routes, exports))
}
