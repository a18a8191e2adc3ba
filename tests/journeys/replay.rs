//! Scoring stored events again gives what is stored.

use anyhow::{Context, Result};
use innerwall_tests::{Load, LoadShape, System, event, seed};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

const LOAD_FOR: Duration = Duration::from_secs(4);
const FALSIFY: &str = "
    UPDATE events SET trust = (trust + 1) % 100
    WHERE (tenant_id, event_id) = (SELECT tenant_id, event_id FROM events LIMIT 1)";

#[tokio::test]
async fn replay_finds_no_difference_until_a_stored_score_is_changed() -> Result<()> {
    let system = System::start().await?;
    let mut load = Load::start(&system, LoadShape::default(), seed())?;
    send_late_events(&system).await?;
    sleep(LOAD_FOR).await;
    load.finish().await?;
    let ids = load.journal().all_accepted().len();
    let ledger = system.ledger_balanced(i64::try_from(ids)? + 3).await?;

    let (code, report, differences) = replay(&system).await?;
    assert_eq!(differences, Vec::<Value>::new());
    assert_eq!((code, &report["differences"]), (0, &json!(0)));
    assert_eq!(report["events"], json!(ledger.scored));

    assert_eq!(system.site.sql().await?.execute(FALSIFY, &[]).await?, 1);
    let (code, report, differences) = replay(&system).await?;
    assert_eq!((code, &report["differences"]), (1, &json!(1)));
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0]["field"], "trust", "{differences:?}");
    Ok(())
}

/// Events that arrive long after they happened, in the wrong order.
async fn send_late_events(system: &System) -> Result<()> {
    let mut late = [("kim", 3), ("kim", 40), ("kim", 1)].map(|(user, days)| {
        let mut event = event(user, "account_login");
        event["event_time"] = json!(days_ago(days));
        event
    });
    late[1]["email"] = json!("kim@mail.example");
    let answer = system.send_json(&json!(late)).await?;
    assert_eq!(answer.status, 202, "{}", answer.text());
    Ok(())
}

fn days_ago(days: i64) -> String {
    let at = std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_micros();
    let at = i64::try_from(at).unwrap_or_default() - days * 86_400_000_000;
    innerwall_event::Timestamp::from_micros(at).to_rfc3339()
}

/// Exit code, report, and the differences before it.
async fn replay(system: &System) -> Result<(i32, Value, Vec<Value>)> {
    let answer = system.site.ctl(&["replay", "--tenant", "acme"]).await?;
    let mut lines = answer.json_lines()?;
    let report = lines.pop().with_context(|| answer.complaint.clone())?;
    Ok((answer.code, report, lines))
}
