//! Data goes when it shall, lists can be taken away whole, and requests leave a line.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_testkit::http::{self, Response};
use innerwall_tests::{System, event};
use serde_json::{Value, json};

/// Removing looks around every ten seconds, folding and erasing every second.
const DONE_WITHIN: Duration = Duration::from_secs(40);
const DAY_S: i64 = 86_400;
const PARTITIONS: &str = "
    SELECT count(*) FROM pg_inherits WHERE inhparent = 'events'::regclass";
const ROWS_OF: &str = "
    SELECT count(*) FROM erased_users WHERE tenant_id = $1";
const TABLES: &str = "SELECT tables_of_users()";
const AUDIT: &str = "
    SELECT count(*) FROM audit_log WHERE tenant_id = $1 AND action = $2 AND detail LIKE $3";
const NAMED: &str = "SELECT count(*) FROM audit_log WHERE strpos(detail, 'erin') > 0";

#[tokio::test]
async fn what_is_older_than_it_is_kept_goes_after_a_preview_and_may_come_again() -> Result<()> {
    let system = System::start().await?;
    for days in [400, 200, 100, 1] {
        assert_eq!(system.send_json(&aged("oldie", days)?).await?.status, 202);
    }
    seen(&system, "oldie", 4).await?;
    let wish = json!({"keep_days": {"events": 90, "sessions": 90, "logbook": 30}});
    let preview = system.reader.send("POST", "/retention:preview", &wish).await?.json()?;
    let events = kind(&preview, "events")?;
    assert_eq!((&events["rows"], &events["rows_capped"]), (&json!(3), &json!(false)), "{events}");
    assert_eq!(system.reader.events_of("oldie").await?.len(), 4, "a preview removes nothing");
    let before = count(&system, PARTITIONS).await?;

    let too_short = json!({"keep_days": {"events": 6}});
    let refused = system.reader.send("PUT", "/retention", &too_short).await?;
    assert_eq!((refused.status, &refused.json()?["field"]), (400, &json!("keep_days")));
    let set = system.reader.send("PUT", "/retention", &wish).await?;
    assert_eq!(set.status, 200, "{}", set.text());
    eventually(DONE_WITHIN, "old events are gone", async || {
        let found = system.reader.read("/retention").await?;
        let is_done = kind(&found, "sessions")?["last_run"]["state"] == "done";
        Ok((is_done && system.reader.events_of("oldie").await?.len() == 1).then_some(()))
    })
    .await?;
    assert_eq!(count(&system, PARTITIONS).await?, before - 3, "they went as partitions");

    // A partition that was dropped is no reason to refuse an event.
    assert_eq!(system.send_json(&aged("late", 400)?).await?.status, 202);
    seen(&system, "late", 1).await?;
    let ledger = system.reader.read("/ledger").await?;
    assert_eq!((&ledger["parked"], &ledger["balanced"]), (&json!(0), &json!(true)), "{ledger}");
    Ok(())
}

#[tokio::test]
async fn a_user_who_is_erased_while_events_come_is_gone_everywhere_and_may_come_again() -> Result<()>
{
    let system = System::start().await?;
    let tenant = system.site.tenant.id;
    let mine = |n: u64| {
        let mut sent = event("erin", "page_view");
        sent["email"] = json!("erin@hidden.example");
        sent["phone"] = json!("+41795550123");
        sent["url"] = json!(format!("/page/{n}"));
        sent
    };
    for n in 0..20 {
        assert_eq!(
            system.send_json(&json!([mine(n), event("otto", "page_view")])).await?.status,
            202
        );
    }
    seen(&system, "erin", 20).await?;
    seen(&system, "otto", 20).await?;
    let found = system.reader.read("/users/erin/export").await?;
    assert_eq!(found["tables"]["events"].as_array().map(Vec::len), Some(20), "all is given");
    assert_eq!(found["user"]["email"], "erin@hidden.example");

    let erase = |confirm: &str| json!({"confirm": confirm});
    let wrong = system.reader.send("POST", "/users/erin/erase", &erase("otto")).await?;
    assert_eq!((wrong.status, &wrong.json()?["field"]), (400, &json!("confirm")));
    let unknown = system.reader.send("POST", "/users/nobody/erase", &erase("nobody")).await?;
    assert_eq!(unknown.status, 404);
    let asked = system.reader.send("POST", "/users/erin/erase", &erase("erin")).await?;
    assert_eq!(asked.status, 202, "{}", asked.text());
    for n in 20..40 {
        assert_eq!(system.send_json(&mine(n)).await?.status, 202);
    }
    let id = asked.json()?["erasure_id"].clone();
    let path = format!("/erasures/{id}");
    let done = eventually(DONE_WITHIN, "the user is erased", async || {
        let erasure = system.reader.read(&path).await?;
        Ok((erasure["state"] == "done").then_some(erasure))
    })
    .await?;
    assert!(done["rows_erased"].as_i64() > Some(0), "{done}");
    let sql = system.site.sql().await?;
    assert_eq!(sql.query_one(ROWS_OF, &[&tenant]).await?.try_get::<_, i64>(0)?, 1);
    for row in sql.query(TABLES, &[]).await? {
        let table: String = row.try_get(0)?;
        let left = format!(
            "SELECT count(*) FROM {table} WHERE user_no IN (SELECT user_no FROM erased_users)"
        );
        assert_eq!(sql.query_one(&left, &[]).await?.try_get::<_, i64>(0)?, 0, "{table}");
    }
    for action in ["user.erase", "user.erased"] {
        let like = "%sha256:%".to_owned();
        let row = sql.query_one(AUDIT, &[&tenant, &action, &like]).await?;
        assert_eq!(row.try_get::<_, i64>(0)?, 1, "{action}");
    }
    assert_eq!(sql.query_one(NAMED, &[]).await?.try_get::<_, i64>(0)?, 0, "no name stays");

    // What came after the end of the user made a new one; nothing is lost or counted twice.
    assert_eq!(system.send_json(&mine(40)).await?.status, 202);
    eventually(DONE_WITHIN, "every event is accounted for", async || {
        let ledger = system.reader.read("/ledger").await?;
        Ok((ledger["scored"] == json!(61) && ledger["in_flight"] == json!(0)).then_some(()))
    })
    .await?;
    let again = system.reader.user("erin").await?.context("a new user")?;
    assert!(again["event_count"].as_i64() < Some(22), "{again}");
    assert_eq!(seen(&system, "otto", 20).await?["event_count"], json!(20), "others are left alone");
    Ok(())
}

#[tokio::test]
async fn lists_are_taken_away_whole_and_from_any_row_on() -> Result<()> {
    let system = System::start().await?;
    let events: Vec<Value> = (0..30)
        .map(|n| {
            let mut sent = event(&format!("=user{n}"), "page_view");
            sent["full_name"] = json!("Ann, \"the\" boss");
            sent
        })
        .collect();
    assert_eq!(system.send_json(&json!(events)).await?.status, 202);
    seen(&system, "=user29", 1).await?;

    let whole = export(&system, "/events", "application/x-ndjson").await?;
    let lines: Vec<Value> =
        whole.text().lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let (last, rows) = lines.split_last().context("nothing")?;
    assert_eq!((last, rows.len()), (&json!({"complete": true, "rows": 30}), 30));
    let middle = rows[9]["cursor"].as_str().context("no cursor")?;
    let rest = export(&system, &format!("/events?cursor={middle}"), "application/x-ndjson").await?;
    let rest: Vec<Value> =
        rest.text().lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    assert_eq!(rest[..20], rows[10..], "it goes on behind the row whose cursor was given");

    let csv = export(&system, "/users?sort=last_seen", "text/csv").await?;
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let text = csv.text();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(
        lines[0].starts_with("user_id,email,") && lines[0].ends_with(",cursor"),
        "{}",
        lines[0]
    );
    assert_eq!(lines.len(), 32, "a head, 30 users and an end");
    assert!(lines[1].starts_with("'=user"), "no formula: {}", lines[1]);
    assert!(lines[1].contains("\"Ann, \"\"the\"\" boss\""), "{}", lines[1]);
    let bad = export(&system, "/events?cursor=nonsense", "text/csv").await?;
    assert_eq!((bad.status, &bad.json()?["field"]), (400, &json!("cursor")));
    let sql = system.site.sql().await?;
    let (tenant, like) = (system.site.tenant.id, "%complete, 30 rows");
    let noted = sql.query_one(AUDIT, &[&tenant, &"export", &like]).await?;
    assert_eq!(noted.try_get::<_, i64>(0)?, 2, "both are in the audit log");
    Ok(())
}

#[tokio::test]
async fn a_producer_finds_in_the_logbook_why_a_request_was_refused() -> Result<()> {
    let system = System::start().await?;
    let mut bad = event("ann", "page_view");
    bad["email"] = json!("no address");
    bad["payload"] = json!({"password": "hunter2"});
    assert_eq!(system.send_json(&bad).await?.status, 422);
    assert_eq!(system.send_json(&event("ann", "page_view")).await?.status, 202);
    let lines = eventually(DONE_WITHIN, "two lines", async || {
        let page = system.reader.read("/logbook").await?;
        let items = page["items"].as_array().cloned().unwrap_or_default();
        Ok((items.len() == 2).then_some(items))
    })
    .await?;
    let refused = &lines[1];
    assert_eq!((&refused["status"], &refused["code"]), (&json!(422), &json!("events_invalid")));
    assert_eq!((&refused["field"], &refused["producer"]), (&json!("email"), &json!("first")));
    let body = refused["body"].as_str().context("no body")?;
    assert!(body.contains("no address") && !body.contains("hunter2"), "{body}");
    let id = &refused["line_id"];
    assert_eq!(system.reader.read(&format!("/logbook/{id}")).await?, *refused);
    let found = system.reader.read("/logbook?status=4xx&q=no+address").await?;
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(system.decide(&bad, 500).await?.status, 422);
    let asked = eventually(DONE_WITHIN, "the line of a decision", async || {
        let page = system.reader.read("/logbook?endpoint=/v1/decide").await?;
        Ok(page["items"].get(0).cloned())
    })
    .await?;
    assert_eq!((&asked["field"], &asked["status"]), (&json!("email"), &json!(422)), "{asked}");
    let series = system.reader.read("/logbook/series?bucket=hour").await?;
    let buckets = series["buckets"].as_array().context("no buckets")?;
    let sum = |name: &str| buckets.iter().filter_map(|it| it[name].as_i64()).sum::<i64>();
    assert_eq!((sum("accepted"), sum("refused"), sum("failed")), (1, 2, 0));
    Ok(())
}

#[tokio::test]
async fn a_time_zone_is_changed_by_name() -> Result<()> {
    let system = System::start().await?;
    let set = |zone: &str| json!({"time_zone": zone});
    let wrong = system.reader.send("PATCH", "/settings", &set("Mars/Olympus")).await?;
    assert_eq!((wrong.status, &wrong.json()?["field"]), (400, &json!("time_zone")));
    let changed = system.reader.send("PATCH", "/settings", &set("Europe/Zurich")).await?;
    assert_eq!(changed.status, 200, "{}", changed.text());
    assert_eq!(system.reader.read("/settings").await?["time_zone"], "Europe/Zurich");
    Ok(())
}

fn aged(user_id: &str, days: i64) -> Result<Value> {
    let now = std::time::UNIX_EPOCH.elapsed()?.as_secs();
    let at = i64::try_from(now)? - days * DAY_S;
    let time = innerwall_event::Timestamp::from_micros(at * 1_000_000).to_rfc3339();
    let mut sent = event(user_id, "page_view");
    sent["event_time"] = json!(time);
    Ok(sent)
}

fn kind<'v>(answer: &'v Value, name: &str) -> Result<&'v Value> {
    let mut kinds = answer["kinds"].as_array().into_iter().flatten();
    kinds.find(|kind| kind["kind"] == name).with_context(|| format!("no {name} in {answer}"))
}

async fn count(system: &System, statement: &str) -> Result<i64> {
    Ok(system.site.sql().await?.query_one(statement, &[]).await?.try_get(0)?)
}

async fn export(system: &System, path: &str, accept: &str) -> Result<Response> {
    let url = format!("{}/api/v1{path}", system.query.url);
    let authorization = system.reader.authorization();
    let headers = [("Authorization", &*authorization), ("Accept", accept)];
    let answer = http::request("GET", &url, &headers, "").await?;
    ensure!(answer.status < 500, "{path}: {}", answer.text());
    Ok(answer)
}

/// The first event of a system waits for its rules to be made ready, which takes a debug build on a
/// busy machine longer than is promised.
async fn seen(system: &System, user_id: &str, events: u64) -> Result<Value> {
    eventually(DONE_WITHIN, "the events of a user count", async || {
        let user = system.reader.user(user_id).await?;
        Ok(user.filter(|user| user["event_count"] == events && user["trust_score"].is_i64()))
    })
    .await
}
