//! `innerwall-scorer`: scores events.

use std::process::ExitCode;

use innerwall_scorer::{Settings, run};

#[tokio::main]
async fn main() -> ExitCode {
    innerwall_runtime::main(
        "innerwall-scorer",
        |settings: &Settings| (settings.log.clone(), settings.otlp_endpoint.clone()),
        async |settings, telemetry| run(settings, telemetry).await,
    )
    .await
}
