//! `innerwall-query`: reads scores.

use std::process::ExitCode;

use innerwall_query::{Settings, run};

#[tokio::main]
async fn main() -> ExitCode {
    innerwall_runtime::main(
        "innerwall-query",
        |settings: &Settings| (settings.log.clone(), settings.otlp_endpoint.clone()),
        async |settings, telemetry| run(settings, telemetry).await,
    )
    .await
}
