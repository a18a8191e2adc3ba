//! Poison is set apart, explained, and can be sent again.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::{amqp, eventually};
use innerwall_tests::{Reader, System, event};
use serde_json::{Value, json};

use crate::envelope::{event_of, publish, publish_bytes};

const PARKED_WITHIN: Duration = Duration::from_secs(10);
const NOBODY: i32 = 4711;
const REFUSE: &str = "ALTER TABLE events ADD CONSTRAINT refused CHECK (url <> '/refused')";
const REFUSE_NO_MORE: &str = "ALTER TABLE events DROP CONSTRAINT refused";

#[tokio::test]
async fn poison_among_good_events_is_parked_once_with_its_reason() -> Result<()> {
    let system = System::start().await?;
    let tenant = system.site.tenant.id;
    let good: Vec<String> = (0..250).map(|_| event("lena", "page_view").to_string()).collect();
    send_lines(&system, &good).await?;
    for _ in 0..2 {
        publish_bytes(&system.site, b"\xff\xff no batch").await?;
    }
    publish(&system.site, NOBODY, vec![event_of(NOBODY, "nobody")?]).await?;
    let mut poison = event_of(tenant, "lena-by-hand")?;
    poison.url = Some("/a\0b".to_owned());
    let company = || event_of(tenant, "lena-by-hand");
    publish(&system.site, tenant, vec![company()?, poison.clone(), company()?]).await?;
    send_lines(&system, &good).await?;

    let dead = dead_letters(&system, 3).await?;
    let reasons = ["unreadable", "unknown_tenant", "refused_by_database"];
    for reason in reasons {
        let of_reason: Vec<&Value> = dead.iter().filter(|row| row["reason"] == reason).collect();
        assert_eq!(of_reason.len(), 1, "{reason}: {dead:?}");
        assert_eq!(of_reason[0]["attempts"], 1, "{dead:?}");
        assert!(of_reason[0]["first_parked_at"].is_string() && of_reason[0]["detail"] != "");
    }
    let refused = dead.iter().find(|row| row["reason"] == "refused_by_database");
    let refused = refused.context("the poison is not parked")?;
    assert_eq!(refused["event_id"], json!(poison.id.to_string()), "{dead:?}");
    let explained = refused["detail"].as_str().is_some_and(|text| text.contains("byte sequence"));
    assert!(explained, "the detail says what the database refuses: {}", refused["detail"]);
    let ledger = system.ledger_balanced(503).await?;
    assert_eq!((ledger.scored, ledger.parked), (502, 1), "{ledger:?}");
    system.visible("lena", 500).await?;
    system.visible("lena-by-hand", 2).await?;
    let left = amqp::queue_depth(&system.site.amqp_url, &system.site.dead_queue()).await?;
    assert_eq!(left, 0, "parked messages leave the queue");
    system.check_counters().await
}

#[tokio::test]
async fn a_parked_event_sent_again_twice_has_one_effect() -> Result<()> {
    let system = System::start().await?;
    let session = system.site.sql().await?;
    session.execute(REFUSE, &[]).await?;
    let mut refused = event("mike", "page_view");
    refused["url"] = json!("/refused");
    refused["event_id"] = json!("order-19");
    assert_eq!(system.send_json(&refused).await?.status, 202);
    let dead = dead_letters(&system, 1).await?;
    assert_eq!(dead[0]["reason"], "refused_by_database", "{dead:?}");
    let id = dead[0]["id"].to_string();

    redrive(&system, &id).await?;
    let again = dead_letters_until(&system, |row| row["attempts"] == 2).await?;
    assert_eq!(again["id"], dead[0]["id"], "what is refused again is parked again");
    let ledger = system.ledger_balanced(1).await?;
    assert_eq!((ledger.scored, ledger.parked), (0, 1), "{ledger:?}");

    session.execute(REFUSE_NO_MORE, &[]).await?;
    redrive(&system, &id).await?;
    // Without waiting: the second may overtake the first or find it done.
    system.site.ctl(&["dead", "redrive", &id]).await?;
    system.visible("mike", 1).await?;
    let late = system.site.ctl(&["dead", "redrive", &id]).await?;
    assert_ne!(late.code, 0, "there is nothing left to send: {}", late.output);
    let ledger = system.ledger_balanced(1).await?;
    assert_eq!((ledger.scored, ledger.parked, ledger.duplicate), (1, 0, 0), "{ledger:?}");
    assert_eq!(system.stored_event_ids().await?, ["order-19"]);
    assert_eq!(system.parked().await?, 0);
    system.check_counters().await
}

#[tokio::test]
async fn events_of_a_tenant_that_came_late_can_be_sent_again() -> Result<()> {
    let system = System::start().await?;
    let next = system.site.tenant.id + 1;
    publish(&system.site, next, vec![event_of(next, "nina")?]).await?;
    let dead = dead_letters(&system, 1).await?;
    assert_eq!(dead[0]["reason"], "unknown_tenant", "{dead:?}");

    let late = system.site.create_tenant("late").await?;
    ensure!(late.id == next, "the tenant has number {}", late.id);
    redrive(&system, &dead[0]["id"].to_string()).await?;
    let reader = Reader::new(&system.query.url, &late.api_token);
    eventually(PARKED_WITHIN, "the event is scored", async || {
        Ok(reader.user("nina").await?.filter(|user| user["event_count"] == 1))
    })
    .await?;
    eventually(PARKED_WITHIN, "nothing is parked", async || {
        Ok((system.parked().await? == 0).then_some(()))
    })
    .await
}

async fn send_lines(system: &System, lines: &[String]) -> Result<()> {
    let headers = [("Content-Type", "application/x-ndjson")];
    let answer = system.send(&headers, lines.join("\n")).await?;
    ensure!(answer.status == 202, "{} {}", answer.status, answer.text());
    Ok(())
}

/// Waits until so many events are parked.
async fn dead_letters(system: &System, count: usize) -> Result<Vec<Value>> {
    eventually(PARKED_WITHIN, &format!("{count} events are parked"), async || {
        let rows = system.site.ctl(&["dead", "list"]).await?.json_lines()?;
        ensure!(rows.len() == count, "{rows:?}");
        Ok(Some(rows))
    })
    .await
}

async fn dead_letters_until(system: &System, is_wanted: impl Fn(&Value) -> bool) -> Result<Value> {
    eventually(PARKED_WITHIN, "the event is parked again", async || {
        let rows = system.site.ctl(&["dead", "list"]).await?.json_lines()?;
        let wanted = rows.iter().find(|row| is_wanted(row) && row["state"] == "parked");
        Ok(Some(wanted.with_context(|| format!("{rows:?}"))?.clone()))
    })
    .await
}

async fn redrive(system: &System, id: &str) -> Result<()> {
    let answer = system.site.ctl(&["dead", "redrive", id]).await?;
    ensure!(answer.code == 0, "{}", answer.complaint);
    Ok(())
}
