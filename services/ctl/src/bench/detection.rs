//! The detection bench: labelled traffic goes through a whole system, and what the system says of
//! it is compared with the truth.

mod findings;
mod read;
mod table;
mod verdict;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use innerwall_runtime::clock;
use tokio::signal::unix::{SignalKind, signal};

use self::findings::Findings;
use self::verdict::{Thresholds, judge};
use super::ctl::Ctl;
use super::http::Client;
use super::progress;
use super::system::System;
use super::throughput::LIVE;
use crate::load::LoadOptions;
use crate::load::corpus::{Corpus, CorpusSize};
use crate::load::labelled;
use crate::load::pattern::Pattern;
use crate::load::source::Part;

const SCENARIO: &str = "detection";
/// One event per request and connection would be slower than attacks are.
const BATCH: usize = 10;

/// Expects a migrated database in `INNERWALL_DATABASE_URL` (the owner's) and a broker in
/// `INNERWALL_AMQP_URL`. What is stored stays there, in a tenant of its own.
#[derive(Clone, clap::Args)]
pub(crate) struct DetectionOptions {
    /// Directory of the programs to measure
    #[arg(long)]
    bin_dir: PathBuf,
    /// File for the numbers as JSON
    #[arg(long)]
    out: PathBuf,
    /// Data files for enrichment, as for the scorer
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Weights of the tenant
    #[arg(long, default_value = "recommended")]
    preset: String,
    /// All patterns at once in one tenant, instead of a tenant for each
    #[arg(long)]
    together: bool,
    /// People of whom nothing special is to be told, per tenant
    #[arg(long, default_value_t = 200)]
    users: u32,
    /// Attacks of each pattern and lives of each kind, per tenant
    #[arg(long, default_value_t = 4)]
    scenes: u32,
    /// Days of habits before the attacks
    #[arg(long, default_value_t = 7)]
    history_days: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Events per second while attacks are sent: slow enough for scoring to keep up, as it would
    /// in real time; 0: as fast as possible
    #[arg(long, default_value_t = 600.0)]
    rate: f64,
    /// A user with this trust or less is in review; an event with a risk of 99 minus this or more
    #[arg(long, default_value_t = 33)]
    review: i32,
    /// File for the truth about each account, one JSON object per line
    #[arg(long)]
    labelled: Option<PathBuf>,
}

/// Runs the bench, prints a table and writes the numbers to a file.
pub(crate) async fn run(options: &DetectionOptions) -> anyhow::Result<()> {
    ensure!((0..=99).contains(&options.review), "--review {} is not in 0..=99", options.review);
    let mut terminate = signal(SignalKind::terminate())?;
    let findings = tokio::select! {
        findings = Box::pin(measure(options)) => findings?,
        _ = terminate.recv() => bail!("terminated"),
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    };
    let json = serde_json::to_string_pretty(&findings)? + "\n";
    std::fs::write(&options.out, json)
        .with_context(|| format!("cannot write {}", options.out.display()))?;
    Ok(std::io::stdout().write_all(table::render(&findings).as_bytes())?)
}

async fn measure(options: &DetectionOptions) -> anyhow::Result<Findings> {
    let ctl = Ctl::new(&options.bin_dir, options.data_dir.as_deref())?;
    ctl.run(&["migrate"]).await?;
    let mut findings: Option<Findings> = None;
    for (only, number) in rounds(options).into_iter().zip(0..) {
        let tenant = ctl.tenant(SCENARIO, (&options.preset, LIVE)).await?;
        let system = System::start_for(&ctl, tenant, &format!("{SCENARIO}{number}"), 1).await?;
        let found = measure_on(options, &system, (only, number)).await;
        system.stop().await?;
        let found = found?;
        match &mut findings {
            Some(findings) => findings.add(found),
            None => findings = Some(found),
        }
    }
    findings.context("there is no pattern of attack")
}

/// The patterns that share a tenant: one each, so that none is found by what another does to the
/// whole tenant, or all together.
fn rounds(options: &DetectionOptions) -> Vec<Option<Pattern>> {
    if options.together { vec![None] } else { Pattern::ALL.into_iter().map(Some).collect() }
}

async fn measure_on(
    options: &DetectionOptions,
    system: &System,
    (only, number): (Option<Pattern>, u64),
) -> anyhow::Result<Findings> {
    let load = load_options(options, system);
    if let Some(pattern) = only {
        progress(&format!("{pattern:?}"))?;
    }
    let size = CorpusSize {
        // Other people in every tenant.
        seed: options.seed + number,
        only,
        plain: options.users,
        each: options.scenes,
        history_days: options.history_days,
    };
    let corpus = Arc::new(Corpus::new(size, clock::now_micros()));
    let mut accepted = 0;
    let mut sent_us = [0; 2];
    for (part, is_past) in [true, false].into_iter().enumerate() {
        let (what, events) =
            if is_past { ("past", &corpus.past) } else { ("present", &corpus.present) };
        progress(&format!("{} events of the {what}", events.len()))?;
        sent_us[part] = clock::now_micros();
        let part_sent = Part::new(Arc::clone(&corpus), is_past, sent_us[part]);
        let report = labelled::send_all(&load, part_sent).await?;
        ensure!(report.refused == 0, "{} events of the generator were refused", report.refused);
        ensure!(report.given_up == 0, "{} events could not be sent", report.given_up);
        accepted += report.accepted;
        system.wait_scored(accepted).await?;
    }
    if let Some(path) = &options.labelled {
        corpus.labels(sent_us[0], sent_us[1]).write(&of_round(path, number))?;
    }
    progress("reading what became of them")?;
    let mut client = Client::new(&system.query.address, &system.tenant.api_token);
    let (events, users) = (read::events(&mut client).await?, read::users(&mut client).await?);
    let thresholds = Thresholds { trust_max: options.review, risk_min: 99 - options.review };
    Ok(Findings { preset: options.preset.clone(), ..judge(&corpus, &events, &users, thresholds) })
}

/// The file of the first tenant has the name asked for, the others have a number behind it.
fn of_round(path: &Path, number: u64) -> PathBuf {
    if number == 0 { path.to_owned() } else { path.with_extension(format!("{number}.jsonl")) }
}

fn load_options(options: &DetectionOptions, system: &System) -> LoadOptions {
    LoadOptions {
        url: system.ingest.url.clone(),
        api_key: system.tenant.api_key.clone(),
        rate: options.rate,
        seconds: 0,
        connections: 1,
        batch: BATCH,
        users: options.users,
        seed: options.seed,
        labels: None,
        labelled: None,
        history_days: options.history_days,
        scenes: options.scenes,
    }
}
