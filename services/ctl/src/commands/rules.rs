//! `rules`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;
use innerwall_rules::{read_pack, run_trials};

use crate::output;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check a pack and run the tests of its rules.
    Check {
        /// A pack in YAML.
        file: PathBuf,
    },
}

pub(crate) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    let Command::Check { file } = command;
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
    let pack = match read_pack(&text) {
        Ok(pack) => pack,
        Err(errors) => {
            for error in &errors {
                output::line(&format!(
                    "{name}:{}:{}: {}",
                    error.line, error.column, error.message
                ))?;
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let failures = run_trials(&pack);
    for failure in &failures {
        output::line(&format!("{name}: {failure}"))?;
    }
    for rule in &pack.rules {
        output::line(&format!("{} {} (cost {})", rule.id, rule.name, rule.condition.cost()))?;
    }
    output::line(&format!("{} rules, {} failed tests", pack.rules.len(), failures.len()))?;
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
