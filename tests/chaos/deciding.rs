//! People decide about users while scorers score, block and review the same users.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_tests::{Load, LoadShape, Plan, System, seed};
use serde_json::{Value, json};

const ROUNDS: usize = 4;
const SETTLED_WITHIN: Duration = Duration::from_secs(30);
const ACTIONS: [(&str, &str); 4] =
    [("block", "blocked"), ("allow", "allowed"), ("clear", "normal"), ("watch", "")];

#[tokio::test]
async fn decisions_and_scorers_at_once_neither_lose_nor_wait_in_a_circle() -> Result<()> {
    let system = System::start_as(&Plan { scorers: 2, ..Plan::default() }).await?;
    let strict = json!({"base_version": 1, "reason": "everybody falls",
        "patch": {"thresholds": {"review": 99, "block": 98}}});
    let published = system.reader.send("PATCH", "/rule-set", &strict).await?;
    ensure!(published.status == 200, "{}", published.text());
    let mut load = Load::start(&system, LoadShape::default(), seed())?;
    let users = eventually(SETTLED_WITHIN, "some users are there", async || {
        let page = system.reader.read("/users?limit=20").await?;
        let items = page["items"].as_array().context("no items")?.clone();
        Ok((items.len() >= 10).then_some(items))
    })
    .await?;
    let mut expected: BTreeMap<String, &str> = BTreeMap::new();
    for round in 0..ROUNDS {
        for (at, user) in users.iter().enumerate() {
            let id = user["user_id"].as_str().context("no id")?.to_owned();
            let (action, status) = ACTIONS[(round + at) % ACTIONS.len()];
            decide(&system, &id, action).await?;
            if !status.is_empty() {
                expected.insert(id, status);
            }
        }
    }
    let report = load.finish().await?;
    assert_eq!(report.statuses(), [202], "{report:?}");
    let accepted = i64::try_from(load.journal().all_accepted().len())?;
    system.ledger_balanced(accepted).await?;
    for (user_id, status) in &expected {
        let standing = system.reader.read(&format!("/users/{user_id}/standing")).await?;
        assert_eq!(&standing["status"], status, "{user_id}: {standing}");
    }
    for scorer in &system.scorers {
        assert_eq!(scorer.log_lines("40P01"), Vec::<String>::new());
    }
    assert_eq!(system.query.log_lines("40P01"), Vec::<String>::new());
    settled(&system).await?;
    let answer = system.site.ctl(&["replay", "--tenant", "acme"]).await?;
    ensure!(answer.code == 0, "{} {}", answer.output, answer.complaint);
    Ok(())
}

async fn decide(system: &System, user_id: &str, action: &str) -> Result<()> {
    let body = json!({"action": action, "reason": "at the same time"});
    let path = format!("/users/{user_id}/decisions");
    let answer = system.reader.send("POST", &path, &body).await?;
    ensure!(answer.status == 200, "{action} {user_id}: {} {}", answer.status, answer.text());
    let made: Value = answer.json()?;
    ensure!(made["decision_id"].is_i64(), "{made}");
    Ok(())
}

/// Waits until nobody is left to be judged again.
async fn settled(system: &System) -> Result<()> {
    eventually(SETTLED_WITHIN, "everybody concerned is judged again", async || {
        let sql = system.site.sql().await?;
        let row = sql.query_one("SELECT count(*) FROM pending_judgements", &[]).await?;
        Ok((row.try_get::<_, i64>(0)? == 0).then_some(()))
    })
    .await
}
