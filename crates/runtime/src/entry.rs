//! What every `main` does: settings, telemetry, run, exit code.

use std::io::Write;
use std::process::ExitCode;

use serde::de::DeserializeOwned;

use crate::settings::{self, EXIT_BAD_SETTINGS};
use crate::telemetry::{self, Telemetry};

/// Log filter and address of the trace collector.
pub type LogSettings = (Option<String>, Option<String>);

/// Runs a service: exit code 64 for wrong settings, 1 when it failed or was cut off, else 0.
pub async fn main<S: DeserializeOwned>(
    service: &'static str,
    log_settings: impl FnOnce(&S) -> LogSettings,
    run: impl AsyncFnOnce(S, &Telemetry) -> anyhow::Result<bool>,
) -> ExitCode {
    let settings: S = match settings::load() {
        Ok(settings) => settings,
        Err(error) => return complain(service, &error.to_string(), EXIT_BAD_SETTINGS),
    };
    let (log, otlp) = log_settings(&settings);
    let telemetry = match telemetry::start(service, log.as_deref(), otlp.as_deref()) {
        Ok(telemetry) => telemetry,
        Err(error) => return complain(service, &error.to_string(), EXIT_BAD_SETTINGS),
    };
    match run(settings, &telemetry).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            tracing::error!(error = %format!("{error:#}"), "service cannot run");
            ExitCode::FAILURE
        }
    }
}

/// Before telemetry runs there is only standard error to complain to.
fn complain(service: &str, problem: &str, code: u8) -> ExitCode {
    let written = writeln!(std::io::stderr(), "{service}: {problem}");
    drop(written);
    ExitCode::from(code)
}
