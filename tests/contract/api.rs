//! Both HTTP interfaces answer as their documents say, whatever is sent: schemathesis reads the
//! document, makes requests that fit it and requests that do not, and judges every answer.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_tests::{System, event, python, seed_or};
use serde_json::json;
use tokio::process::Command;
use tokio::time::timeout;

/// Another one may be given to look elsewhere: `INNERWALL_TEST_SEED`.
const SEED: u64 = 4;

/// Stays below the limit that the runner sets for one test.
const DONE_WITHIN: Duration = Duration::from_secs(200);
/// No promise: two examinations may share the machine.
const SCORED_WITHIN: Duration = Duration::from_secs(30);
/// Of the report, from its end.
const REPORT_BYTES: usize = 20_000;

#[tokio::test]
async fn query_answers_as_its_document_says() -> Result<()> {
    let system = System::start().await?;
    populate(&system).await?;
    let header = format!("Authorization: {}", system.reader.authorization());
    examine("query", &system.query.url, &header).await?;
    no_faults_in_the_log(&system)
}

#[tokio::test]
async fn ingest_answers_as_its_document_says() -> Result<()> {
    let system = System::start().await?;
    let header = format!("Api-Key: {}", system.site.tenant.api_key);
    examine("ingest", &system.ingest.url, &header).await?;
    no_faults_in_the_log(&system)
}

/// What the names in query.toml stand for.
async fn populate(system: &System) -> Result<()> {
    for (user_id, event_id) in [("alice", "event-1"), ("bob", "event-2")] {
        let mut event = event(user_id, "account_login_fail");
        event["event_id"] = json!(event_id);
        event["email"] = json!(format!("{user_id}@mail.example"));
        event["phone"] = json!("+41795550123");
        event["field_history"] = json!([{"field_id": "price", "new_value": "2"}]);
        ensure!(system.send_json(&event).await?.status == 202, "{event} is refused");
        eventually(SCORED_WITHIN, "the event is scored", async || {
            Ok(system.reader.user(user_id).await?.filter(|user| user["trust_score"].is_i64()))
        })
        .await?;
    }
    Ok(())
}

async fn examine(service: &str, url: &str, header: &str) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = tempfile::tempdir()?;
    let program = python()?.with_file_name("schemathesis");
    let mut command = Command::new(&program);
    // It leaves what it found where it runs.
    command
        .current_dir(scratch.path())
        .arg("--config-file")
        .arg(root.join(format!("contract/schemathesis/{service}.toml")))
        .arg("run")
        .arg(root.join(format!("../docs/api/{service}.openapi.json")))
        .args(["--url", url, "--header", header])
        .args(["--continue-on-failure", "--no-color", "--no-shrink"])
        .args(["--warnings", "off", "--request-timeout", "20", "--workers", "2"])
        .args(["--seed", &seed_or(SEED).to_string()])
        .kill_on_drop(true);
    let output = timeout(DONE_WITHIN, command.output()).await;
    let output = output.with_context(|| format!("not done within {DONE_WITHIN:?}"))?;
    let output = output.with_context(|| format!("cannot run {}", program.display()))?;
    let report = String::from_utf8_lossy(&output.stdout);
    let end = report.floor_char_boundary(report.len().saturating_sub(REPORT_BYTES));
    ensure!(
        output.status.success(),
        "{}\n{}",
        &report[end..],
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// A fault that was answered with something else than a server error is still a fault.
fn no_faults_in_the_log(system: &System) -> Result<()> {
    for service in [&system.ingest, &system.query].into_iter().chain(&system.scorers) {
        let faults = service.log_lines("\"ERROR\"");
        ensure!(faults.is_empty(), "{}", faults.join("\n"));
    }
    Ok(())
}
