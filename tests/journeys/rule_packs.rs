//! Tenants write rules of their own.

use anyhow::{Context, Result};
use innerwall_tests::{Reader, Service, System, at_address};
use serde_json::{Value, json};

use crate::rule_set::{change, judged, replayed, wish};

const PACK: &str = r#"family: Own
windows:
  failures: { count: event.type == "account_login_fail", by: address, over: 1h }
  logins: { count: event.type == "account_login_fail", by: user, over: 1h }
rules:
  - id: X01
    name: Our spray
    explanation: Many failures at one address.
    when: event.type == "account_login_fail" && failures >= 5
    scope: event
    reason: "{failures} failures"
    tests:
      - { name: yes, given: { event.type: account_login_fail, failures: 5 }, fires: true }
      - { name: no, given: { event.type: account_login_fail, failures: 4 }, fires: false }
  - id: X02
    name: Our guesser
    explanation: Many failures of one user.
    when: logins >= 2
    reason: "{logins} failures of this user"
    tests:
      - { name: yes, given: { logins: 2 }, fires: true }
      - { name: no, given: { logins: 1 }, fires: false }
"#;
const ADDRESS: &str = "198.51.100.9";

#[tokio::test]
async fn an_editor_learns_the_words_of_the_language_and_where_a_pack_is_wrong() -> Result<()> {
    let system = System::start().await?;
    let lists = json!({"lists": {"partners": {"add": [{"value": "a.example"}]}}});
    change(&system, &wish(1, &lists)).await?;
    let language = system.reader.read("/rules/schema").await?;
    let words = language["words"].as_array().context("no words")?;
    let word = |kind: &str, name: &str| {
        let found = words.iter().find(|word| word["kind"] == kind && word["name"] == name);
        found.cloned().with_context(|| format!("no {kind} {name}"))
    };
    assert_eq!(word("fact", "user.event_count")?["type"], "int");
    assert_eq!(word("fact", "user.event_count")?["places"], json!(["rule", "policy"]));
    assert_eq!(word("function", "contains")?["form"], "text.contains(part)");
    word("list", "partners")?;
    word("window_key", "address")?;
    word("event_type", "account_login")?;
    assert_eq!(language["pack_schema"]["type"], "object");

    let wrong = PACK.replace("when: logins", "when: logons");
    let found =
        system.reader.send("POST", "/rules:check", &json!({"text": wrong})).await?.json()?;
    let line = wrong.lines().position(|line| line.contains("logons")).context("no such line")? + 1;
    let fault = &found["faults"][0];
    assert_eq!((&fault["line"], &fault["column"]), (&json!(line), &json!(11)), "{found}");
    assert_eq!((&fault["end_column"], &fault["suggestion"]), (&json!(17), &json!("logins")));
    Ok(())
}

#[tokio::test]
async fn a_pack_counts_what_happened_before_it_was_published() -> Result<()> {
    let system = System::start().await?;
    for (user, events) in [("ann", 2), ("ben", 1), ("cid", 1)] {
        for count in 1..=events {
            fail_login(&system, user, count).await?;
        }
    }
    let weights = json!({"X01": 70, "X02": 20});
    change(&system, &wish(1, &json!({"packs": {"own": PACK}, "weights": weights}))).await?;
    judged(&system, 2).await?;
    let ann = system.visible("ann", 2).await?;
    let hit = |user: &Value| {
        let mut hits = user["hits"].as_array().into_iter().flatten();
        hits.find(|hit| hit["rule_id"] == "X02").cloned()
    };
    let guesser = hit(&ann).with_context(|| format!("what ann did before counts: {ann}"))?;
    assert_eq!((&guesser["name"], &guesser["weight"]), (&json!("Our guesser"), &json!(20)));
    assert_eq!(guesser["reason"], "2 failures of this user");
    assert_eq!(hit(&system.visible("ben", 1).await?), None);

    fail_login(&system, "dan", 1).await?;
    let fifth = system.reader.events_of("dan").await?.remove(0);
    let hits = fifth["event_hits"].as_array().context("no hits")?;
    let spray = hits.iter().find(|hit| hit["rule_id"] == "X01");
    let spray = spray.with_context(|| format!("what others did before counts: {fifth}"))?;
    assert_eq!((&spray["name"], &spray["reason"]), (&json!("Our spray"), &json!("5 failures")));
    assert!(fifth["risk_score"].as_i64() >= Some(66), "{fifth}");

    let path = format!("/events/{}/explain", fifth["event_id"].as_str().context("no id")?);
    let found = system.reader.read(&path).await?;
    let mut rules = found["rules"].as_array().into_iter().flatten();
    let rule = rules.find(|rule| rule["rule_id"] == "X01").context("no answer")?;
    assert_eq!((&rule["status"], &rule["reason"]), (&json!("fired"), &json!("5 failures")));
    let flips = found["flips"].as_array().context("no flips")?;
    assert!(flips.iter().any(|flip| flip["name"] == "failures"), "{found}");
    let one = system.reader.read("/rules/X01").await?;
    assert_eq!((&one["is_builtin"], &one["scope"]), (&json!(false), &json!("event")));
    replayed(&system).await
}

#[tokio::test]
async fn a_wrong_pack_is_refused_with_every_fault_and_its_place() -> Result<()> {
    let system = System::start().await?;
    let wrong = PACK.replace("logins >= 2", "logns >= 2");
    let patch = json!({"packs": {"own": wrong}, "thresholds": {"review": 100}});
    let mut wish = wish(1, &patch);
    let refused = system.reader.send("PATCH", "/rule-set", &wish).await?;
    let problem = refused.json()?;
    assert_eq!((refused.status, &problem["code"]), (422, &json!("rule_set_invalid")));
    let faults = problem["faults"].as_array().context("no faults")?;
    let paths: Vec<&str> = faults.iter().filter_map(|fault| fault["path"].as_str()).collect();
    assert!(paths.contains(&"packs.own") && paths.contains(&"thresholds.review"), "{problem}");
    let fault = faults.iter().find(|fault| fault["path"] == "packs.own").context("no fault")?;
    assert_eq!((&fault["line"], &fault["column"]), (&json!(18), &json!(11)), "{fault}");
    assert!(fault["message"].as_str().is_some_and(|text| text.contains("logins")), "{fault}");

    let check =
        system.reader.send("POST", "/rules:check", &json!({"text": wrong})).await?.json()?;
    assert_eq!((&check["is_accepted"], &check["faults"][0]["line"]), (&json!(false), &json!(18)));
    let check = system.reader.send("POST", "/rules:check", &json!({"text": PACK})).await?.json()?;
    assert_eq!((&check["is_accepted"], &check["failed_tests"]), (&json!(true), &json!([])));
    assert_eq!(check["windows"][0]["is_private"], json!(false));

    wish["dry_run"] = json!(true);
    let tried = change(&system, &wish).await?;
    assert_eq!(tried["preview"]["faults"], problem["faults"]);
    wish["patch"] = json!({});
    let same = system.reader.send("PATCH", "/rule-set", &wish).await?;
    assert_eq!((same.status, &same.json()?["code"]), (422, &json!("nothing_changed")));
    wish["patch"] = json!({"wieghts": {}});
    assert_eq!(system.reader.send("PATCH", "/rule-set", &wish).await?.status, 400);
    assert_eq!(system.reader.read("/rule-set").await?["version"], json!(1));
    assert_eq!(system.reader.read("/rescore").await?["state"], "none");
    Ok(())
}

#[tokio::test]
async fn query_tells_sources_and_dates_of_data_files() -> Result<()> {
    let system = System::start().await?;
    assert_eq!(system.reader.read("/data-sets").await?["is_configured"], json!(false));
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/data").to_owned();
    let variable = ("INNERWALL_DATA_DIR".to_owned(), directory);
    let mut query = Service::start(&system.site, "query", &[variable]).await?;
    query.wait_ready().await?;
    let reader = Reader::new(&query.url, &system.site.tenant.api_token);
    let sets = reader.read("/data-sets").await?;
    let country = &sets["items"][0];
    assert_eq!((&country["name"], &country["is_present"]), (&json!("country"), &json!(false)));
    assert!(country["licence"].is_string() && country["published"].is_string(), "{country}");
    let mut items = sets["items"].as_array().into_iter().flatten();
    assert!(items.any(|set| set["attribution"]["url"] == "https://db-ip.com"), "{sets}");
    Ok(())
}

async fn fail_login(system: &System, user_id: &str, count: u64) -> Result<()> {
    let sent = system.send_json(&at_address(user_id, "account_login_fail", ADDRESS)).await?;
    assert_eq!(sent.status, 202, "{}", sent.text());
    system.visible(user_id, count).await?;
    Ok(())
}
