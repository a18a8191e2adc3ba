//! `rules`: packs in files, without a database, and the rule sets of tenants.

mod bench;
mod choices;
mod explain;
mod versions;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;
use innerwall_rules::{Pack, PackError, pack_warnings, read_pack, run_trials};

use crate::context::Context;
use crate::output;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check a pack: every error and warning with its place.
    Check {
        /// A pack in YAML.
        file: PathBuf,
    },
    /// Run the tests of the rules and policies of a pack.
    Test {
        /// A pack in YAML.
        file: PathBuf,
    },
    /// Print what the rules, policies and windows of a pack read, cost and depend on.
    Explain {
        /// A pack in YAML.
        file: PathBuf,
    },
    /// Measure the rules of a pack on this machine, over facts that are all known.
    Bench {
        /// A pack in YAML.
        file: PathBuf,
    },
    #[command(flatten)]
    Versions(versions::Command),
}

type Act = fn(&Path, &Pack) -> anyhow::Result<ExitCode>;

pub(crate) async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check { file } => with_pack(&file, check),
        Command::Test { file } => with_pack(&file, test),
        Command::Explain { file } => with_pack(&file, explain::run),
        Command::Bench { file } => with_pack(&file, bench::run),
        Command::Versions(command) => {
            versions::run(&Context::from_environment()?, &command).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn with_pack(file: &Path, act: Act) -> anyhow::Result<ExitCode> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    match read_pack(&text) {
        Ok(pack) => act(file, &pack),
        Err(errors) => {
            for error in &errors {
                print(file, error, "")?;
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

/// The form that editors and continuous integration recognise.
fn print(file: &Path, error: &PackError, severity: &str) -> anyhow::Result<()> {
    let PackError { line, column, message } = error;
    output::line(&format!("{}:{line}:{column}: {severity}{message}", file.display()))
}

fn check(file: &Path, pack: &Pack) -> anyhow::Result<ExitCode> {
    let warnings = pack_warnings(pack);
    for warning in &warnings {
        print(file, warning, "warning: ")?;
    }
    let (rules, windows, warnings) = (pack.rules.len(), pack.windows.len(), warnings.len());
    let policies = pack.policies.len();
    output::line(&format!(
        "{rules} rules, {policies} policies, {windows} windows, {warnings} warnings"
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn test(file: &Path, pack: &Pack) -> anyhow::Result<ExitCode> {
    let failures = run_trials(pack);
    for failure in &failures {
        output::line(&format!("{}: {failure}", file.display()))?;
    }
    let (rules, policies) = (pack.rules.len(), pack.policies.len());
    output::line(&format!("{rules} rules, {policies} policies, {} failed tests", failures.len()))?;
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
