//! `innerwall-ingest`: the gateway for events.

use std::process::ExitCode;

use innerwall_ingest::{Settings, run};

#[tokio::main]
async fn main() -> ExitCode {
    innerwall_runtime::main(
        "innerwall-ingest",
        |settings: &Settings| (settings.log.clone(), settings.otlp_endpoint.clone()),
        async |settings, telemetry| run(settings, telemetry).await,
    )
    .await
}
