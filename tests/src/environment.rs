//! Variables by which the runner tells tests where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// Broker that all tests share, each under its own prefix of queue names.
const TEST_AMQP_URL: &str = "INNERWALL_TEST_AMQP_URL";
/// Python with the existing tracker installed.
const TEST_PYTHON: &str = "INNERWALL_TEST_PYTHON";
/// Directory of the built binaries.
const BIN_DIR: &str = "INNERWALL_BIN_DIR";
/// Directory of the data files for enrichment.
const DATA_DIR: &str = "INNERWALL_DATA_DIR";

/// Python with the existing tracker installed.
pub fn python() -> Result<PathBuf> {
    Ok(PathBuf::from(required(TEST_PYTHON)?))
}

pub(crate) fn amqp_url() -> Result<String> {
    required(TEST_AMQP_URL)
}

/// Without data files the facts they give are unknown; tests do not rely on them.
pub(crate) fn data_dir() -> Option<String> {
    optional(DATA_DIR)
}

/// Path of a built binary of this workspace.
pub(crate) fn binary(name: &str) -> Result<PathBuf> {
    let directory = optional(BIN_DIR).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug"),
        PathBuf::from,
    );
    let path = directory.join(name);
    ensure!(
        path.is_file(),
        "{} is missing: run `cargo build --workspace`, or set {BIN_DIR} to where it is",
        path.display()
    );
    Ok(path)
}

fn required(name: &str) -> Result<String> {
    optional(name).with_context(|| {
        format!("{name} is not set; `make test` starts what tests need and sets it")
    })
}

/// An empty value counts as unset.
#[expect(
    clippy::disallowed_methods,
    reason = "the runner configures tests; runtime::settings is for services"
)]
pub(crate) fn optional(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
