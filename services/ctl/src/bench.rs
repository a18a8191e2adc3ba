//! `bench`: what this system does on this machine, measured end to end with real processes.
//!
//! Every number is of this run. Nothing is judged.

mod core;
mod cpu;
mod ctl;
mod decide;
pub(crate) mod detection;
mod http;
mod machine;
mod memory;
mod raw;
mod reading;
mod report;
mod service;
mod system;
mod table;
mod throughput;
mod visible;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use innerwall_event::Timestamp;
use innerwall_runtime::clock;
use tokio::signal::unix::{SignalKind, signal};

use self::ctl::Ctl;
use self::machine::Machine;
use self::report::{Decide, Report, Throughput, Visible};
use self::system::System;
use self::throughput::{LIVE, Scenario};

/// Measure throughput, latency, memory and size on servers that hold nothing else.
///
/// Expects a migrated database in `INNERWALL_DATABASE_URL` (the owner's) and a broker in
/// `INNERWALL_AMQP_URL`. What is stored stays there.
#[derive(Clone, clap::Args)]
pub(crate) struct BenchOptions {
    /// Directory of the programs to measure
    #[arg(long)]
    pub(crate) bin_dir: PathBuf,
    /// File for the numbers as JSON
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Data files for enrichment, as for the scorer
    #[arg(long)]
    pub(crate) data_dir: Option<PathBuf>,
    /// How long each scenario sends
    #[arg(long, default_value_t = 15)]
    pub(crate) seconds: u64,
    /// How often each throughput is measured; the median counts
    #[arg(long, default_value_t = 3)]
    pub(crate) repeats: usize,
}

/// What to measure: without a command, how fast the system is.
#[derive(Clone, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    options: Option<BenchOptions>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, clap::Subcommand)]
pub(crate) enum Command {
    /// Measure which attacks are found, how soon, and which honest users are taken for attackers.
    Detection(detection::DetectionOptions),
    /// Measure how long producers wait for verdicts, and nothing else.
    Decide(BenchOptions),
    /// Measure how long reading takes of a tenant with the events of months.
    Reading(reading::ReadingOptions),
}

/// Measures what the arguments ask for.
pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match (arguments.command, arguments.options) {
        (Some(Command::Detection(options)), _) => detection::run(&options).await,
        (Some(Command::Decide(options)), _) => run_decide(&options).await,
        (Some(Command::Reading(options)), _) => reading::run(&options).await,
        (None, Some(options)) => run_scenarios(options).await,
        (None, None) => bail!("--bin-dir and --out are required"),
    }
}

async fn run_decide(options: &BenchOptions) -> anyhow::Result<()> {
    let ctl = Ctl::new(&options.bin_dir, options.data_dir.as_deref())?;
    ctl.run(&["migrate"]).await?;
    let decided = Box::pin(decided(&ctl, options, &mut memory::Peaks::default())).await?;
    let json = serde_json::to_string_pretty(&decided)? + "\n";
    std::fs::write(&options.out, &json)
        .with_context(|| format!("cannot write {}", options.out.display()))?;
    progress(&table::of_decide(&decided))
}

/// Runs all scenarios, prints a table and writes the numbers to a file.
async fn run_scenarios(options: BenchOptions) -> anyhow::Result<()> {
    ensure!(options.seconds > 0 && options.repeats > 0, "--seconds and --repeats are 1 or more");
    let mut terminate = signal(SignalKind::terminate())?;
    let report = tokio::select! {
        report = Box::pin(measure(&options)) => report?,
        _ = terminate.recv() => bail!("terminated"),
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    };
    let json = serde_json::to_string_pretty(&report)? + "\n";
    std::fs::write(&options.out, json)
        .with_context(|| format!("cannot write {}", options.out.display()))?;
    Ok(std::io::stdout().write_all(table::render(&report).as_bytes())?)
}

async fn measure(options: &BenchOptions) -> anyhow::Result<Report> {
    let started_at = Timestamp::from_micros(clock::now_micros()).to_rfc3339();
    let ctl = Ctl::new(&options.bin_dir, options.data_dir.as_deref())?;
    ctl.run(&["migrate"]).await?;
    let mut peaks = memory::Peaks::default();
    let single = repeated(&ctl, options, &[Scenario::SINGLE], &mut peaks).await?;
    // Before the batches: what they leave to be folded would be done beside.
    let visible = visible(&ctl, options, single[0].events_per_s / 2.0, &mut peaks).await?;
    let decide = decided(&ctl, options, &mut peaks).await?;
    let all = [Scenario::BATCH, Scenario::BATCH_TWO_SCORERS, Scenario::BATCH_NO_RULES];
    let batches = repeated(&ctl, options, &all, &mut peaks).await?;
    let throughputs = [&single[0], &batches[0], &batches[1], &batches[2]];
    let [single, one, two, no_rules] = throughputs.map(Throughput::clone);
    progress("size of what is stored")?;
    let storage = ctl.sizes().await?;
    progress("judging and enriching alone")?;
    let core = core::measure_core(&ctl).await?;
    progress("limits of the servers alone")?;
    let raw = raw::measure(&ctl, options).await?;
    Ok(Report {
        started_at,
        machine: Machine::look()?,
        seconds: options.seconds,
        repeats: options.repeats,
        two_scorers_ratio: two.events_per_s / one.events_per_s,
        single,
        rules_ratio: one.events_per_s / no_rules.events_per_s,
        batch: one,
        batch_two_scorers: two,
        batch_no_rules: no_rules,
        core,
        visible,
        decide,
        storage,
        memory: peaks.report(),
        raw,
        notes: cpu::notes(&ctl),
    })
}

/// Measures scenarios in turn, so that none of them has the quieter machine.
async fn repeated(
    ctl: &Ctl,
    options: &BenchOptions,
    scenarios: &[Scenario],
    peaks: &mut memory::Peaks,
) -> anyhow::Result<Vec<Throughput>> {
    let mut runs = vec![Vec::new(); scenarios.len()];
    for round in 1..=options.repeats {
        for (scenario, runs) in scenarios.iter().zip(&mut runs) {
            progress(&format!("{}, {round} of {}", scenario.title, options.repeats))?;
            let system =
                System::start(ctl, scenario.name, (scenario.rules, scenario.scorers)).await?;
            let run = throughput::measure(scenario, &system, options.seconds).await;
            let run = run.with_context(|| scenario.title)?;
            progress(&format!("  {:.0} events/s", run.events_per_s))?;
            runs.push(run);
            peaks.note(&system.stop().await?);
        }
    }
    let throughputs = scenarios.iter().zip(runs);
    Ok(throughputs.map(|(scenario, runs)| Throughput::of(scenario.title, runs)).collect())
}

async fn visible(
    ctl: &Ctl,
    options: &BenchOptions,
    rate: f64,
    peaks: &mut memory::Peaks,
) -> anyhow::Result<Visible> {
    progress(&format!("time until an event is visible, at {rate:.0} events/s"))?;
    let system = System::start(ctl, "visible", (LIVE, 1)).await?;
    let visible = visible::measure(&system, rate, options.seconds).await?;
    peaks.note(&system.stop().await?);
    Ok(visible)
}

async fn decided(
    ctl: &Ctl,
    options: &BenchOptions,
    peaks: &mut memory::Peaks,
) -> anyhow::Result<Decide> {
    progress(&format!("time until a verdict, beside {:.0} events/s", decide::BESIDE_PER_S))?;
    let system = System::start(ctl, "decide", (LIVE, 1)).await?;
    let decided = decide::measure(&system, options.seconds).await?;
    peaks.note(&system.stop().await?);
    Ok(decided)
}

fn progress(text: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
