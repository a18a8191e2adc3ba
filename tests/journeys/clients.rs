//! The example clients do what they say.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_tests::{System, python};
use serde_json::Value;
use tokio::process::Command;
use tokio::time::timeout;

const TOURED_WITHIN: Duration = Duration::from_mins(1);

#[tokio::test]
async fn the_example_clients_do_what_they_say() -> Result<()> {
    let system = System::start().await?;
    let mut python = Command::new(python()?);
    python.arg(clients().join("python/example.py"));
    tour(&system, python, "snake").await?;
    let project = clients().join("typescript");
    let compiler = project.join("node_modules/typescript/bin/tsc");
    ensure!(compiler.is_file(), "run: npm --prefix docs/clients/typescript ci");
    let built = Command::new("node").arg(compiler).arg("-p").arg(&project).output().await?;
    ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stdout));
    let mut node = Command::new("node");
    node.arg(project.join("dist/example.js"));
    tour(&system, node, "node").await
}

/// Both say the same, of a shop of their own.
async fn tour(system: &System, mut client: Command, shop: &str) -> Result<()> {
    client
        .arg(shop)
        .env("INNERWALL_INGEST_URL", &system.ingest.url)
        .env("INNERWALL_QUERY_URL", &system.query.url)
        .env("INNERWALL_API_KEY", &system.site.tenant.api_key)
        .env("INNERWALL_API_TOKEN", system.reader.token())
        .kill_on_drop(true);
    let output = timeout(TOURED_WITHIN, client.output()).await.context("the client hangs")??;
    ensure!(output.status.success(), "{shop}: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout)?;

    let mallory = system.reader.user(&format!("{shop}-mallory")).await?.context("no mallory")?;
    let (trust, hits) = (&mallory["trust_score"], &mallory["hits"]);
    let alice = system.reader.user(&format!("{shop}-alice")).await?.context("no alice")?;
    assert_eq!(alice["event_count"], 1, "what was sent twice counts once");
    let stored = format!("/v1/decisions/{shop}-login-1");
    let verdict = system.decision(&system.site.tenant.api_key, &stored).await?.json()?;
    let expected = [
        format!("sent {shop}-order-1, twice"),
        "sent 12 events, refused: ['ip']".to_owned(),
        format!("{shop}-mallory is at {trust} of 99:"),
        format!("  {} {}", text(&hits[0]["rule_id"]), text(&hits[0]["reason"])),
        format!("users: {shop}-alice, {shop}-bob, {shop}-mallory"),
        format!("{shop}-login-1: {}", text(&verdict["verdict"])),
        format!("exported: {shop}-alice, {shop}-bob, {shop}-carol, {shop}-mallory"),
        "nobody is not known".to_owned(),
        "parameter_invalid: limit".to_owned(),
    ];
    for line in expected {
        assert!(said.lines().any(|said| said == line), "{shop}: {line:?} is missing in\n{said}");
    }
    Ok(())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/clients")
}
