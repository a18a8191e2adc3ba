//! Analysts decide about users, and what they decide lasts.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_testkit::http::{self, Response};
use innerwall_tests::{System, at_address, event};
use serde_json::{Value, json};

use super::rule_set::{change, judged, replayed, wish};

/// Judging again waits until every scorer has looked at the lists once more.
const FOLLOWS_WITHIN: Duration = Duration::from_secs(10);
const OFFICE: &str = "81.2.69.160";

#[tokio::test]
async fn low_trust_opens_a_case_once_and_people_have_the_last_word() -> Result<()> {
    let system = System::start().await?;
    probe(&system, "mallory", 1).await?;
    let queue = system.reader.read("/review").await?;
    let case = queue["items"][0].clone();
    assert_eq!((&queue["total"], &case["user_id"]), (&json!(1), &json!("mallory")));
    assert_eq!((&case["rule"]["rule_id"], &case["source"]), (&json!("B06"), &json!("threshold")));
    assert!(case["event_id"].is_string() && case["trust_score"].as_i64() <= Some(33), "{case}");
    assert_eq!(system.reader.read("/review?rule=B06&trust_to=33").await?["total"], json!(1));
    assert_eq!(system.reader.read("/review?trust_from=34").await?["total"], json!(0));

    let path = format!("/review/{}", case["case_id"]);
    let mine = json!({"assignee": "me", "version": 1});
    let given = post(&system, &format!("{path}/assign"), &mine).await?;
    assert_eq!(given["version"], json!(2));
    let counts = system.reader.read("/review/counts").await?;
    assert_eq!((&counts["open"], &counts["mine"]), (&json!(1), &json!(1)));
    post(&system, &format!("{path}/notes"), &json!({"text": "she called, it was a test"})).await?;
    let end = |version| json!({"outcome": "legitimate", "reason": "a test", "version": version});
    let late = system.reader.send("POST", &format!("{path}/decide"), &end(1)).await?;
    assert_eq!((late.status, &late.json()?["code"]), (409, &json!("case_changed")));
    let decided = post(&system, &format!("{path}/decide"), &end(2)).await?;
    assert_eq!(decided["standing"]["status"], "allowed");
    let again = system.reader.send("POST", &format!("{path}/decide"), &end(3)).await?;
    assert!(again.status == 409 && again.text().contains("token first"), "{}", again.text());
    let detail = system.reader.read(&path).await?;
    assert_eq!((&detail["outcome"], &detail["state"]), (&json!("legitimate"), &json!("decided")));
    assert_eq!(detail["notes"][0]["text"], "she called, it was a test");

    probe(&system, "mallory", 2).await?;
    assert_eq!(system.reader.read("/review").await?["total"], json!(0), "never opened again");
    probe(&system, "eve", 1).await?;
    let stricter = json!({"thresholds": {"review": 60, "block": 40}});
    change(&system, &wish(1, &stricter)).await?;
    let job = judged(&system, 2).await?;
    assert_eq!(job["users_blocked"], json!(1), "{job}");
    assert_eq!(status(&system, "mallory").await?, "allowed", "a person has decided");
    assert_eq!(status(&system, "eve").await?, "blocked");
    probe(&system, "mallory", 3).await?;
    assert_eq!(status(&system, "mallory").await?, "allowed", "also after another event");
    probe(&system, "trent", 1).await?;
    assert_eq!(status(&system, "trent").await?, "blocked", "by the event itself");
    let made = system.reader.read("/users/trent/decisions").await?["items"][0].clone();
    assert_eq!((&made["source"], &made["rule_id"]), (&json!("threshold"), &json!("B06")));
    let totals = system.reader.read("/stats/standings").await?;
    assert_eq!((&totals["blocked"], &totals["allowed"]), (&json!(2), &json!(1)));

    let clear = json!({"action": "clear", "reason": "a colleague"});
    post(&system, "/users/trent/decisions", &clear).await?;
    probe(&system, "trent", 2).await?;
    assert_eq!(status(&system, "trent").await?, "normal", "automation leaves him alone");
    settled(&system).await?;
    replayed(&system).await
}

#[tokio::test]
async fn a_block_takes_what_is_the_users_alone_and_leaves_the_office() -> Result<()> {
    let system = System::start().await?;
    for user in ["ann", "ben", "cat", "dan", "mallory"] {
        send(&system, at_address(user, "account_login", OFFICE)).await?;
    }
    let mut own = at_address("mallory", "account_login", "81.2.69.143");
    own["email"] = json!("Mallory@Evil.example");
    send(&system, own).await?;
    system.visible("mallory", 2).await?;
    let mut block = json!({"action": "block", "reason": "stolen cards", "dry_run": true});
    let tried = post(&system, "/users/mallory/decisions", &block).await?;
    assert_eq!(
        (&tried["decision_id"], &tried["skipped"][0]["value"]),
        (&json!(null), &json!(OFFICE))
    );
    assert_eq!(status(&system, "mallory").await?, "normal", "a trial changes nothing");

    block["dry_run"] = json!(false);
    let made = post(&system, "/users/mallory/decisions", &block).await?;
    assert_eq!(made["blocked"].as_array().map(Vec::len), Some(2), "{made}");
    for value in ["mallory", "81.2.69.143", "mallory@evil.example"] {
        assert!(is_blocked(&system, value).await?, "{value}");
    }
    assert!(!is_blocked(&system, OFFICE).await?, "others work there");
    let user = system.visible("mallory", 2).await?;
    assert!(!fires(&user, "R01") && !fires(&user, "R02"), "its own address says nothing new");

    let mut second = event("sybil", "account_registration");
    second["email"] = json!("mallory@evil.example");
    let found = eventually(FOLLOWS_WITHIN, "the second account is found", async || {
        send(&system, second.clone()).await?;
        let user = system.reader.user("sybil").await?;
        Ok(user.filter(|user| fires(user, "R02")))
    });
    found.await?;

    let undo = format!("/decisions/{}/undo", made["decision_id"]);
    post(&system, &undo, &json!({"reason": "the wrong one"})).await?;
    for value in ["mallory", "81.2.69.143", "mallory@evil.example"] {
        assert!(!is_blocked(&system, value).await?, "{value}");
    }
    let twice = system.reader.send("POST", &undo, &json!({"reason": "again"})).await?;
    assert_eq!((twice.status, &twice.json()?["code"]), (409, &json!("superseded")));
    let cleared = eventually(FOLLOWS_WITHIN, "the second account is cleared", async || {
        let user = system.reader.user("sybil").await?;
        Ok(user.filter(|user| !fires(user, "R02")))
    });
    cleared.await?;
    settled(&system).await?;
    replayed(&system).await
}

#[tokio::test]
async fn two_causes_do_not_undo_each_other() -> Result<()> {
    let system = System::start().await?;
    for user in ["mallory", "trudy"] {
        send(&system, at_address(user, "account_login", "81.2.69.143")).await?;
        system.visible(user, 1).await?;
        let block = json!({"action": "block", "reason": "a ring"});
        post(&system, &format!("/users/{user}/decisions"), &block).await?;
    }
    let clear = json!({"action": "clear", "reason": "only a friend"});
    post(&system, "/users/trudy/decisions", &clear).await?;
    assert!(is_blocked(&system, "81.2.69.143").await?, "mallory still uses it");
    let listed = system.reader.read("/lists?kind=address").await?;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["items"][0]["cause_user"], "mallory");
    post(&system, "/users/mallory/decisions", &clear).await?;
    assert!(!is_blocked(&system, "81.2.69.143").await?);
    Ok(())
}

#[tokio::test]
async fn a_list_reaches_those_concerned_and_lets_them_go_again() -> Result<()> {
    let system = System::start().await?;
    send(&system, at_address("ann", "account_login", "203.0.113.9")).await?;
    let before = system.visible("ann", 1).await?;
    let entry = json!({"list": "block", "kind": "prefix", "value": "203.0.113.77/24",
        "reason": "rented out"});
    let put = post(&system, "/lists", &entry).await?;
    assert_eq!(put["judged_again"]["users"], json!(1), "{put}");
    assert!(is_blocked(&system, "203.0.113.9").await?);
    let hit = eventually(FOLLOWS_WITHIN, "ann is judged again", async || {
        Ok(system.reader.user("ann").await?.filter(|user| fires(user, "R01")))
    });
    let hit = hit.await?;
    assert!(hit["trust_score"].as_i64() < before["trust_score"].as_i64(), "{hit}");
    let allow = ["allow", "address", "203.0.113.9"];
    let specific = json!({"list": allow[0], "kind": allow[1], "value": allow[2], "reason": "ours"});
    post(&system, "/lists", &specific).await?;
    assert!(!is_blocked(&system, "203.0.113.9").await?, "the more specific entry wins");
    assert!(is_blocked(&system, "203.0.113.8").await?);
    let freed = eventually(FOLLOWS_WITHIN, "ann is let go", async || {
        Ok(system.reader.user("ann").await?.filter(|user| !fires(user, "R01")))
    });
    assert_eq!(freed.await?["trust_score"], before["trust_score"]);

    let csv = "kind,value,list\ndomain,evil.example,block\nemail,not one,block\nphone,+49 151 2,\n";
    let url = format!("{}/api/v1/lists:import?reason=known%20bad", system.reader.url);
    let authorization = system.reader.authorization();
    let headers = [("Authorization", &*authorization), ("Content-Type", "text/csv")];
    let imported = http::request("POST", &url, &headers, csv).await?.json()?;
    assert_eq!((&imported["imported"], &imported["errors"][0]["line"]), (&json!(2), &json!(3)));
    assert!(is_blocked(&system, "x@mail.evil.example").await?);
    assert!(is_blocked(&system, "+491512").await?);
    send(&system, at_address("ann", "account_login", "203.0.113.9")).await?;
    settled(&system).await?;
    replayed(&system).await
}

#[tokio::test]
async fn many_reviews_end_at_once_and_only_once_and_say_how_rules_do() -> Result<()> {
    let system = System::start().await?;
    for user in ["eve", "mallory", "trudy"] {
        probe(&system, user, 1).await?;
    }
    let queue = system.reader.read("/review").await?;
    let cases = queue["items"].as_array().context("no items")?;
    let seen: Vec<Value> = cases
        .iter()
        .map(|case| json!({"case_id": case["case_id"], "version": case["version"]}))
        .collect();
    let stale = json!({"case_id": seen[2]["case_id"], "version": 7});
    let body = json!({"cases": [seen[0], seen[1], stale, {"case_id": 999, "version": 1}],
        "outcome": "fraud", "reason": "one ring"});
    let first = bulk(&system, "key-1", &body).await?.json()?;
    let results: Vec<&Value> =
        first["items"].as_array().context("items")?.iter().map(|item| &item["result"]).collect();
    assert_eq!(results, ["decided", "decided", "changed", "not_found"]);
    assert_eq!(bulk(&system, "key-1", &body).await?.json()?, first, "one effect, one answer");
    let other = json!({"cases": [seen[2]], "outcome": "close", "reason": "another"});
    assert_eq!(bulk(&system, "key-1", &other).await?.json()?["code"], "key_reused");
    assert_eq!(status(&system, "mallory").await?, "blocked");

    let event_id = cases[2]["event_id"].as_str().context("event")?;
    let labels = json!({"labels": [
        {"event_id": event_id, "label": "legitimate", "source": "appeal", "reason": "was asked"},
        {"user_id": "nobody", "label": "fraud", "reason": "?"},
        {"label": "fraud", "reason": "?"}]});
    let put = post(&system, "/labels", &labels).await?;
    let results: Vec<&Value> =
        put["items"].as_array().context("items")?.iter().map(|item| &item["result"]).collect();
    assert_eq!(results, ["labelled", "not_found", "invalid"]);
    let fired = eventually(FOLLOWS_WITHIN, "the rule has fired", async || {
        let rule = system.reader.read("/rules/B06").await?;
        Ok(Some(rule).filter(|rule| rule["last_fired"].is_string()))
    });
    let precision = fired.await?["precision"].clone();
    assert_eq!((&precision["fraud"], &precision["legitimate"]), (&json!(2), &json!(1)));
    assert!(precision["low"].as_f64() < precision["share"].as_f64(), "{precision}");
    settled(&system).await
}

async fn bulk(system: &System, key: &str, body: &Value) -> Result<Response> {
    let url = format!("{}/api/v1/review:decide", system.reader.url);
    let authorization = system.reader.authorization();
    let headers = [
        ("Authorization", &*authorization),
        ("Content-Type", "application/json"),
        ("Idempotency-Key", key),
    ];
    http::request("POST", &url, &headers, body.to_string()).await
}

/// A user who asks for an address that only probing requests use.
async fn probe(system: &System, user_id: &str, events: u64) -> Result<Value> {
    let mut probe = event(user_id, "page_view");
    probe["url"] = json!("/.env");
    send(system, probe).await?;
    system.visible(user_id, events).await
}

async fn send(system: &System, event: Value) -> Result<()> {
    let sent = system.send_json(&event).await?;
    ensure!(sent.status == 202, "{}", sent.text());
    Ok(())
}

async fn post(system: &System, path: &str, body: &Value) -> Result<Value> {
    let answer = system.reader.send("POST", path, body).await?;
    ensure!(answer.status == 200, "{path}: {} {}", answer.status, answer.text());
    answer.json()
}

async fn status(system: &System, user_id: &str) -> Result<String> {
    let standing = system.reader.read(&format!("/users/{user_id}/standing")).await?;
    Ok(standing["status"].as_str().context("no status")?.to_owned())
}

async fn is_blocked(system: &System, value: &str) -> Result<bool> {
    let url = format!("{}/api/v1/blacklist/search", system.ingest.url);
    let key = system.site.tenant.api_key.as_str();
    let headers = [("Api-Key", key), ("Content-Type", "application/json")];
    let answer = http::request("POST", &url, &headers, json!({"value": value}).to_string()).await?;
    answer.json()?["blacklisted"].as_bool().context("no answer")
}

fn fires(user: &Value, rule: &str) -> bool {
    user["hits"].as_array().into_iter().flatten().any(|hit| hit["rule_id"] == rule)
}

/// Waits until nobody is left to be judged again.
async fn settled(system: &System) -> Result<()> {
    eventually(FOLLOWS_WITHIN, "everybody concerned is judged again", async || {
        let sql = system.site.sql().await?;
        let row = sql.query_one("SELECT count(*) FROM pending_judgements", &[]).await?;
        Ok((row.try_get::<_, i64>(0)? == 0).then_some(()))
    })
    .await
}
