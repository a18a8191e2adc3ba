//! The tracker that shops run today works unchanged.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_tests::{Plan, System, python};
use serde_json::Value;
use tokio::process::Command;
use tokio::time::timeout;

const EVENTS: u64 = 10;
const SENT_WITHIN: Duration = Duration::from_secs(30);

#[tokio::test]
async fn failed_logins_sent_by_the_existing_tracker_fire_the_rule_within_two_seconds() -> Result<()>
{
    let system = System::start_as(&Plan { has_data: true, ..Plan::default() }).await?;
    let output = run_tracker(&system, "mallory").await?;
    let answers: Vec<&str> = output.lines().collect();
    assert_eq!(answers, vec!["204 ''"; 10], "each event is answered 204 with an empty body");

    let user = system.visible("mallory", EVENTS).await?;
    let hit = hit(&user, "A01")?;
    assert_eq!(hit["name"], "Burst of failed logins");
    assert_eq!(hit["reason"], "7 failed logins within 8 consecutive events");

    let events = system.reader.events_of("mallory").await?;
    assert_eq!(events.len(), 10);
    // Newest first. Eight events must be known before there is anything to judge.
    let cause = &events[10 - 8];
    assert_eq!(cause["event_type"], "account_login_fail");
    assert_eq!(hit["event_id"], cause["event_id"], "the rule fires with the eighth event");
    assert_eq!(cause["hits"][0]["rule_id"], "A01", "{cause}");
    assert_eq!(events[0]["event_type"], "page_search");
    Ok(())
}

async fn run_tracker(system: &System, user: &str) -> Result<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("journeys/tracker.py");
    let mut command = Command::new(python()?);
    command.arg(script).args([&system.ingest.url, &system.site.tenant.api_key, user]);
    let output = timeout(SENT_WITHIN, command.kill_on_drop(true).output()).await;
    let output = output.context("the tracker hangs")?.context("cannot run Python")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

fn hit<'u>(user: &'u Value, rule_id: &str) -> Result<&'u Value> {
    let hits = user["hits"].as_array().with_context(|| format!("no hits in {user}"))?;
    let found = hits.iter().find(|hit| hit["rule_id"] == rule_id);
    found.with_context(|| format!("{rule_id} is not among {hits:?}"))
}
