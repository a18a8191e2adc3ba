//! Analysts find users by how they stand, note what they learn, and keep what they look at often.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_tests::{Browser, System, event};
use serde_json::{Value, json};

/// Judging again waits until every scorer has looked at the lists once more.
const FOLLOWS_WITHIN: Duration = Duration::from_secs(10);
const AUDIT: &str = "SELECT count(*) FROM audit_log WHERE action = $1";

#[tokio::test]
async fn users_are_found_by_how_they_stand_and_by_when_they_came() -> Result<()> {
    let system = System::start().await?;
    for (user, action) in
        [("ann", None), ("ben", Some("block")), ("cid", Some("review")), ("dan", Some("watch"))]
    {
        scored(&system, user).await?;
        if let Some(action) = action {
            decide(&system, user, action).await?;
        }
    }
    decide(&system, "cid", "watch").await?;
    let table: [(&str, &[&str]); 5] = [
        ("blocked", &["ben"]),
        ("in_review", &["cid"]),
        ("allowed", &[]),
        ("watched", &["cid", "dan"]),
        ("normal", &["ann", "dan"]),
    ];
    for (status, expected) in table {
        let page = listed(&system, &format!("status={status}&sort=first_seen")).await?;
        assert_eq!(names(&page), expected, "{status}");
        assert_eq!(page["total"], json!(expected.len()), "{status}");
    }
    let both = listed(&system, "status=watched&q=d").await?;
    assert_eq!(names(&both), ["dan"], "with another condition");
    let newest = listed(&system, "sort=-first_seen&limit=3").await?;
    assert_eq!(names(&newest), ["dan", "cid", "ben"]);
    let cursor = newest["next_cursor"].as_str().context("no cursor")?;
    let rest = listed(&system, &format!("sort=-first_seen&cursor={cursor}")).await?;
    assert_eq!(names(&rest), ["ann"]);
    let cid = &newest["items"][1];
    assert_eq!((&cid["status"], &cid["is_watched"]), (&json!("in_review"), &json!(true)));
    assert_eq!(system.reader.get("/users?status=none").await?.status, 400);

    let kpis = system.reader.read("/overview").await?;
    for name in ["in_review", "blocked"] {
        let expected = json!({"total": 1, "fresh": {"now": 1, "before": 0}});
        assert_eq!(kpis[name], expected, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn a_note_about_a_user_needs_no_review_and_a_user_is_judged_anew_when_asked() -> Result<()> {
    let system = System::start().await?;
    scored(&system, "ann").await?;
    let reader = &system.reader;
    for text in ["she called", "she called again"] {
        let note = reader.send("POST", "/users/ann/notes", &json!({"text": text})).await?;
        ensure!(note.status == 200, "{} {}", note.status, note.text());
        assert_eq!(note.json()?["case_id"], json!(null));
    }
    let first = reader.read("/users/ann/notes?limit=1").await?;
    assert_eq!(first["items"][0]["text"], "she called again");
    let cursor = first["next_cursor"].as_str().context("no cursor")?;
    let second = reader.read(&format!("/users/ann/notes?cursor={cursor}")).await?;
    assert_eq!(second["items"][0]["text"], "she called");
    assert_eq!(
        (&second["items"][0]["author"], &second["next_cursor"]),
        (&json!("token first"), &json!(null))
    );
    let unknown = reader.send("POST", "/users/nobody/notes", &json!({"text": "x"})).await?;
    assert_eq!(unknown.status, 404);
    let case = decide(&system, "ann", "review").await?["standing"]["case_id"].clone();
    let case = reader.read(&format!("/review/{case}")).await?;
    assert_eq!(case["notes"].as_array().map(Vec::len), Some(2), "who reviews her sees them");

    let owner = system.site.sql().await?;
    owner.execute("UPDATE users SET trust = 7 WHERE user_id = 'ann'", &[]).await?;
    let asked = reader.send("POST", "/users/ann/rescore", &json!({})).await?;
    assert_eq!((asked.status, &asked.json()?["users"]), (202, &json!(1)), "{}", asked.text());
    eventually(FOLLOWS_WITHIN, "ann is judged anew", async || {
        let ann = system.reader.read("/users/ann").await?;
        Ok((ann["trust_score"] != json!(7)).then_some(()))
    })
    .await?;
    let nobody = reader.send("POST", "/users/nobody/rescore", &json!({})).await?;
    assert_eq!(nobody.status, 404);
    for (action, expected) in [("user.note", 2_i64), ("user.rescore", 1)] {
        let found: i64 = owner.query_one(AUDIT, &[&action]).await?.try_get(0)?;
        assert_eq!(found, expected, "{action}");
    }
    Ok(())
}

#[tokio::test]
async fn an_operator_keeps_views_of_their_own() -> Result<()> {
    let system = System::start().await?;
    let tenant = &system.site.tenant;
    let mut owner = Browser::signed_in(&system.query.url, &tenant.email, &tenant.password).await?;
    let view = |name: &str, search: &str| json!({"page": "users", "name": name, "search": search});
    let saved = owner.send("POST", "/me/views", &view("worst", "?sort=trust_score")).await?;
    ensure!(saved.status == 200, "{} {}", saved.status, saved.text());
    let saved = saved.json()?;
    owner.send("POST", "/me/views", &view("worst", "?sort=trust_score&band=low")).await?;
    let views = owner.get("/me/views").await?.json()?;
    assert_eq!(views["items"].as_array().map(Vec::len), Some(1), "the same name, the same view");
    assert_eq!(views["items"][0]["search"], "?sort=trust_score&band=low");
    for number in 1..100 {
        let answer = owner.send("POST", "/me/views", &view(&format!("v{number}"), "")).await?;
        ensure!(answer.status == 200, "{number}: {} {}", answer.status, answer.text());
    }
    let beyond = owner.send("POST", "/me/views", &view("one more", "")).await?;
    assert_eq!(beyond.status, 400, "{}", beyond.text());
    let again = owner.send("POST", "/me/views", &view("worst", "?q=a")).await?;
    assert_eq!(again.status, 200, "what is there may change");
    let long = owner.send("POST", "/me/views", &view("worst", &"ä".repeat(2_001))).await?;
    assert_eq!(long.status, 400);
    let path = format!("/me/views/{}", saved["view_id"]);
    assert_eq!(owner.send("DELETE", &path, &json!({})).await?.status, 204);
    assert_eq!(owner.send("DELETE", &path, &json!({})).await?.status, 404);
    assert_eq!(system.reader.get("/me/views").await?.status, 403, "a machine has none");
    Ok(())
}

async fn scored(system: &System, user: &str) -> Result<()> {
    let sent = system.send_json(&event(user, "account_login")).await?;
    ensure!(sent.status == 202, "{}", sent.text());
    system.visible(user, 1).await?;
    Ok(())
}

async fn decide(system: &System, user: &str, action: &str) -> Result<Value> {
    let body = json!({"action": action, "reason": "a test"});
    let path = format!("/users/{user}/decisions");
    let answer = system.reader.send("POST", &path, &body).await?;
    ensure!(answer.status == 200, "{user} {action}: {} {}", answer.status, answer.text());
    answer.json()
}

async fn listed(system: &System, query: &str) -> Result<Value> {
    system.reader.read(&format!("/users?{query}")).await
}

fn names(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| item["user_id"].as_str()).collect()
}
