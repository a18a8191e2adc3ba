//! What users touch is counted beside scoring, and counting it anew gives the same.

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_tests::{Load, LoadShape, System, event, seed};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

const LOAD_FOR: Duration = Duration::from_secs(3);
const SET_ASIDE_WITHIN: Duration = Duration::from_secs(15);

/// Everything that is folded, as text in one order.
const FOLDED: [&str; 8] = [
    "SELECT t::text FROM entities AS t ORDER BY 1",
    "SELECT t::text FROM links AS t ORDER BY 1",
    "SELECT t::text FROM entity_days AS t ORDER BY 1",
    "SELECT t::text FROM kind_hours AS t ORDER BY 1",
    "SELECT t::text FROM sessions AS t ORDER BY 1",
    "SELECT t::text FROM field_changes AS t ORDER BY 1",
    "SELECT (minute, kind, sum(events))::text FROM event_counts GROUP BY minute, kind ORDER BY 1",
    "SELECT t::text FROM failed_folds AS t ORDER BY 1",
];
const KINDS: &str = "
    SELECT string_agg(kind || ' ' || key, ', ' ORDER BY kind, key) FROM entities
    WHERE (kind, entity_id) IN (
        SELECT kind, entity_id FROM links JOIN users USING (tenant_id, user_no)
        WHERE user_id = 'mia') OR key = 'ua-of-mia'";
/// Changes that nobody can read, before others that are fine.
const SPOIL: &str = "
    INSERT INTO pending_folds (tenant_id, events, changes) VALUES ($1, 1, '\\xffff')";
const SET_ASIDE: &str = "SELECT count(*) FROM failed_folds";

#[tokio::test]
async fn counting_what_users_touch_anew_gives_what_was_folded() -> Result<()> {
    let system = System::start().await?;
    let mut load = Load::start(&system, LoadShape::default(), seed())?;
    send_mia(&system).await?;
    sleep(LOAD_FOR).await;
    load.finish().await?;
    let ids = load.journal().all_accepted().len();
    system.ledger_balanced(i64::try_from(ids)? + 3).await?;
    system.check_counters().await?;

    let session = system.site.sql().await?;
    let things: String = session.query_one(KINDS, &[]).await?.try_get(0)?;
    assert_eq!(
        things,
        "1 198.51.100.200, 4 phone-of-mia, 5 ua-of-mia, 6 /orders/{id}, 7 mail.example, \
         8 mia@mail.example, 9 +41440000000, 10 plan, 11 iban:CH00"
    );
    let folded = everything(&system).await?;
    let report = system.site.ctl(&["entities", "rebuild", "--tenant", "acme"]).await?.success()?;
    let report: Value = serde_json::from_str(&report)?;
    assert_eq!(report["events"], json!(ids + 3));
    assert_same(&folded, &everything(&system).await?)
}

#[tokio::test]
async fn changes_that_cannot_be_folded_are_set_aside_and_the_rest_goes_on() -> Result<()> {
    let system = System::start().await?;
    let session = system.site.sql().await?;
    session.execute(SPOIL, &[&system.site.tenant.id]).await?;
    send_mia(&system).await?;
    system.ledger_balanced(3).await?;
    eventually(SET_ASIDE_WITHIN, "the changes are set aside", async || {
        let aside: i64 = session.query_one(SET_ASIDE, &[]).await?.try_get(0)?;
        Ok((aside == 1).then_some(()))
    })
    .await?;
    system.folded().await?;
    let things: String = session.query_one(KINDS, &[]).await?.try_get(0)?;
    assert!(things.contains("mia@mail.example"), "{things}");
    let rebuilt = system.site.ctl(&["entities", "rebuild", "--tenant", "acme"]).await?;
    rebuilt.success().context("rebuild")?;
    system.check_counters().await
}

/// A user with one of everything; the last attempt names the phone number of somebody else.
async fn send_mia(system: &System) -> Result<()> {
    let mut events = ["account_registration", "field_edit", "account_login_fail"].map(|kind| {
        let mut event = event("mia", kind);
        event["ip"] = json!("198.51.100.200");
        event["user_agent"] = json!("ua-of-mia");
        event["url"] = json!("/orders/77?from=mail");
        event["custom"] = json!({ "device_id": "phone-of-mia", "iban": "CH00" });
        event
    });
    events[0]["email"] = json!("Mia@mail.example");
    events[0]["phone"] = json!("+41440000000");
    events[1]["field_history"] = json!([
        { "field_id": "plan", "field_name": "Plan", "old_value": "free", "new_value": "paid" }
    ]);
    events[2]["http_code"] = json!(401);
    events[2]["phone"] = json!("+41449999999");
    let answer = system.send_json(&json!(events)).await?;
    ensure!(answer.status == 202, "{} {}", answer.status, answer.text());
    Ok(())
}

async fn everything(system: &System) -> Result<Vec<Vec<String>>> {
    let session = system.site.sql().await?;
    let mut tables = Vec::new();
    for statement in FOLDED {
        let rows = session.query(statement, &[]).await?;
        tables.push(rows.iter().map(|row| Ok(row.try_get(0)?)).collect::<Result<_>>()?);
    }
    Ok(tables)
}

/// Names the first rows that differ: the whole would be too much to read.
fn assert_same(folded: &[Vec<String>], rebuilt: &[Vec<String>]) -> Result<()> {
    for (one, other) in folded.iter().zip(rebuilt) {
        let missing = one.iter().find(|row| !other.contains(row));
        let surplus = other.iter().find(|row| !one.contains(row));
        ensure!(one == other, "folded {missing:?}\nrebuilt {surplus:?}");
    }
    Ok(())
}
