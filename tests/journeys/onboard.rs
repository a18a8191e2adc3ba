//! A first event in each wire form is scored and visible at once.

use std::io::Write;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use innerwall_tests::{Plan, System, event};
use serde_json::{Value, json};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const LINES: (&str, &str) = ("Content-Type", "application/x-ndjson");
const GZIP: (&str, &str) = ("Content-Encoding", "gzip");

#[tokio::test]
async fn every_wire_form_of_events_is_scored_and_visible_within_two_seconds() -> Result<()> {
    let system = System::start_as(&Plan { has_data: true, ..Plan::default() }).await?;
    send(&system, &[JSON], event("object", "page_view").to_string(), 1).await?;
    system.visible("object", 1).await?;

    let array = json!([event("array", "page_view"), event("array", "account_login")]);
    send(&system, &[JSON], array.to_string(), 2).await?;
    system.visible("array", 2).await?;

    let lines: Vec<String> = (0..3).map(|_| event("lines", "page_view").to_string()).collect();
    send(&system, &[LINES], lines.join("\n"), 3).await?;
    system.visible("lines", 3).await?;

    let lines: Vec<String> = (0..4).map(|_| event("gzip", "page_view").to_string()).collect();
    send(&system, &[LINES, GZIP], gzip(lines.join("\n").as_bytes())?, 4).await?;
    let user = system.visible("gzip", 4).await?;
    assert_eq!(user["last_address"], "203.0.113.7", "{user}");

    let ledger = system.ledger_balanced(10).await?;
    assert_eq!((ledger.accepted, ledger.scored), (10, 10));
    system.folded().await?;
    let overview = system.reader.read("/stats/overview?hours=1").await?;
    assert_eq!((&overview["events"], &overview["users_total"]), (&json!(10), &json!(4)));
    system.check_counters().await
}

#[tokio::test]
async fn a_faulty_event_is_named_and_the_others_are_kept() -> Result<()> {
    let system = System::start().await?;
    let mut faulty = event("carol", "page_view");
    faulty["ip"] = json!("not an address");
    let answer = system.send_json(&json!([event("carol", "page_view"), faulty])).await?;
    assert_eq!(answer.status, 207, "{}", answer.text());
    let answer = answer.json()?;
    assert_eq!((&answer["accepted"], &answer["refused"]), (&json!(1), &json!(1)));
    assert_eq!(answer["events"][1]["status"], "invalid");
    assert_eq!(answer["events"][1]["field"], "ip");
    system.visible("carol", 1).await?;

    let alone = system.send_json(&faulty_alone()).await?;
    assert_eq!(alone.status, 422, "{}", alone.text());
    assert_eq!(alone.header("content-type"), Some("application/problem+json"));
    assert_eq!(alone.json()?["events"][0]["field"], "user_id");
    Ok(())
}

fn faulty_alone() -> Value {
    event(&"x".repeat(101), "page_view")
}

async fn send(
    system: &System,
    headers: &[(&str, &str)],
    body: impl Into<Vec<u8>>,
    events: usize,
) -> Result<()> {
    let answer = system.send(headers, body).await?;
    anyhow::ensure!(answer.status == 202, "{} {}", answer.status, answer.text());
    let answer = answer.json()?;
    anyhow::ensure!(answer["accepted"] == events, "{answer}");
    Ok(())
}

fn gzip(body: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body)?;
    Ok(encoder.finish()?)
}
