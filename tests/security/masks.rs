//! Those who may not see contact details see none, on any route of the API document.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_testkit::http;
use innerwall_tests::{Browser, System, event};
use serde_json::{Value, json};

/// Planted into every field a producer can fill; none of them may be in an answer for a viewer.
const CANARIES: [&str; 9] = [
    "canary.mail@hidden.example",
    "canary.mail",
    "4915198765432",
    "203.0.113.77",
    "canary-payload",
    "canary-custom",
    "canary-old",
    "canary-new",
    "canary-query",
];
const DONE_WITHIN: Duration = Duration::from_secs(40);
const DEMOTE: &str = "UPDATE operators SET role = 'viewer' WHERE email = $1";
/// Routes whose answers do not end, or that are read by another test.
const ENDLESS: [&str; 1] = ["/api/v1/events/stream"];

#[tokio::test]
async fn a_viewer_finds_no_contact_detail_on_any_route() -> Result<()> {
    let system = System::start().await?;
    let id = plant(&system).await?;
    let owner = system.reader.clone();
    let page = owner.get("/users/masked").await?.text();
    ensure!(page.contains(CANARIES[0]), "the owner sees what was planted: {page}");
    let mut viewer = viewer(&system).await?;
    let document: Value = owner_document(&system).await?;
    let paths = document["paths"].as_object().context("no paths")?;
    let mut read = 0;
    for (path, methods) in paths {
        if methods.get("get").is_none() || ENDLESS.contains(&path.as_str()) {
            continue;
        }
        for path in filled(path, &id) {
            let short = path.trim_start_matches("/api/v1");
            let answer = viewer.get(short).await?;
            ensure!(answer.status < 500, "{path}: {} {}", answer.status, answer.text());
            // A refusal may repeat what was asked for.
            let body = if answer.status == 200 { answer.text() } else { String::new() };
            for canary in CANARIES {
                ensure!(!body.contains(canary), "{path} shows {canary}: {body}");
            }
            read += usize::from(answer.status == 200);
        }
    }
    ensure!(read > 15, "{read} routes were read");
    for look_up in ["/users?q=canary.mail@", "/events?ip=203.0.113.77"] {
        let refused = viewer.get(look_up).await?;
        assert_eq!(refused.status, 403, "{look_up}: {}", refused.text());
        assert_eq!(refused.json()?["code"], "not_allowed");
        assert!(refused.text().contains("`personal`"), "{}", refused.text());
    }
    let by_mail = viewer.get("/users?q=canary.mail").await?.json()?;
    assert_eq!(by_mail["items"], json!([]), "e-mail addresses are not searched for a viewer");
    let by_id = viewer.get("/users?q=mask").await?.json()?;
    assert_eq!(by_id["items"].as_array().map(Vec::len), Some(1));
    Ok(())
}

/// An event that holds something personal wherever it can; gives its id.
async fn plant(system: &System) -> Result<String> {
    let mut planted = event("masked", "field_edit");
    for (field, value) in [
        ("ip", json!(CANARIES[3])),
        ("email", json!(CANARIES[0])),
        ("phone", json!("+4915198765432")),
        ("full_name", json!("Canary (canary.mail@hidden.example)")),
        ("url", json!("/find/canary.mail@hidden.example?q=canary-query")),
        ("page_title", json!("Inbox of canary.mail@hidden.example")),
        ("referer", json!("https://shop.example/?from=canary-query")),
        ("user_agent", json!("Mozilla/5.0 (canary.mail@hidden.example)")),
        ("payload", json!({"q": "canary-payload"})),
        ("custom", json!({"iban": "canary-custom", "wallet": "canary-custom"})),
        (
            "field_history",
            json!([{"field_id": "mail", "old_value": "canary-old", "new_value": "canary-new"}]),
        ),
    ] {
        planted[field] = value;
    }
    let sent = system.send_json(&planted).await?;
    ensure!(sent.status == 202, "{}", sent.text());
    seen(system, "masked", 1).await?;
    let listed = system.reader.events_of("masked").await?.remove(0);
    Ok(listed["event_id"].as_str().context("no id")?.to_owned())
}

/// Someone who only reads.
async fn viewer(system: &System) -> Result<Browser> {
    let tenant = &system.site.tenant;
    system.site.sql().await?.execute(DEMOTE, &[&tenant.email]).await?;
    Browser::signed_in(&system.query.url, &tenant.email, &tenant.password).await
}

async fn owner_document(system: &System) -> Result<Value> {
    let url = format!("{}/api/openapi.json", system.query.url);
    http::request("GET", &url, &[], "").await?.json()
}

/// A path with its parameters filled in, once per kind of thing.
fn filled(path: &str, event_id: &str) -> Vec<String> {
    let kinds = [
        ("addresses", "203.0.113.77"),
        ("emails", "canary.mail%40hidden.example"),
        ("phones", "%2B4915198765432"),
        ("payments", "canary-custom"),
        ("email-domains", "hidden.example"),
        ("user-agents", "1"),
        ("fields", "mail"),
        ("countries", "ZZ"),
    ];
    let base = path
        .replace("{user_id}", "masked")
        .replace("{event_id}", event_id)
        .replace("{rule_id}", "B06")
        .replace("{version}", "1")
        .replace("{from}", "1")
        .replace("{to}", "1");
    if !base.contains("{kind}") {
        return vec![replaced_rest(&base)];
    }
    let of_kind = |(kind, key): (&str, &str)| {
        replaced_rest(&base.replacen("{kind}", kind, 1).replace("{key}", key))
    };
    kinds.into_iter().map(of_kind).collect()
}

/// Parameters that this test does not know are numbers, or the address once more.
fn replaced_rest(path: &str) -> String {
    let mut text = path.to_owned();
    while let (Some(start), Some(end)) = (text.find('{'), text.find('}')) {
        let filling = if text[start..end].contains("related") { "emails" } else { "1" };
        text.replace_range(start..=end, filling);
    }
    text
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
