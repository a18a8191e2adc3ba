//! A producer asks what to do about an event.

use anyhow::{Context, Result};
use innerwall_tests::{System, event};
use serde_json::{Value, json};

/// Ample for a debug build on a busy machine.
const PATIENT_MS: u32 = 2000;

const POLICIES: &str = r#"
family: Sign-in
policies:
  - id: second_factor
    name: Ask for more where somebody guesses
    event_types: [account_login]
    when: '"X01" in score.hits && !standing.is_blocked'
    verdict: challenge
    reason: "trust {score.trust} after {user.event_count} events"
    tests:
      - { name: hit, given: { event.type: account_login, score.hits: [X01], standing.is_blocked: false }, fires: true }
      - { name: none, given: { event.type: account_login, score.hits: [], standing.is_blocked: false }, fires: false }
rules:
  - id: X01
    name: Three events
    explanation: For this test.
    when: user.event_count >= 3
    reason: "{user.event_count} events"
    tests:
      - { name: three, given: { user.event_count: 3 }, fires: true }
      - { name: two, given: { user.event_count: 2 }, fires: false }
"#;

#[tokio::test]
async fn a_verdict_is_given_stays_the_same_and_belongs_to_its_event() -> Result<()> {
    let system = System::start().await?;
    let mut login = event("dora", "account_login");
    login["event_id"] = json!("login/1");
    let first = system.decide(&login, PATIENT_MS).await?;
    assert_eq!(first.status, 200, "{}", first.text());
    let said = first.json()?;
    assert_eq!((&said["event_id"], &said["verdict"]), (&json!("login/1"), &json!("allow")));
    assert_eq!((&said["policy"], &said["rule_set_version"]), (&json!("default"), &json!(1)));
    assert_eq!(said["trust_score"], json!(99));
    let timing = first.header("server-timing").context("no Server-Timing")?;
    for part in ["parse;dur=", "publish;dur=", "score;dur=", "total;dur="] {
        assert!(timing.contains(part), "{timing}");
    }

    let again = system.decide(&login, PATIENT_MS).await?;
    assert_eq!((again.status, again.json()?), (200, said.clone()), "a repeat of the event");
    let key = &system.site.tenant.api_key;
    let polled = system.decision(key, "/v1/decisions/login%2F1").await?;
    assert_eq!((polled.status, polled.json()?), (200, said), "asked for later");

    login["url"] = json!("/other");
    let conflict = system.decide(&login, PATIENT_MS).await?;
    assert_eq!(conflict.status, 409, "{}", conflict.text());
    assert_eq!(conflict.json()?["code"], "event_conflict");

    let other = system.site.create_tenant("other").await?;
    let foreign = system.decision(&other.api_key, "/v1/decisions/login%2F1").await?;
    assert_eq!(foreign.status, 404, "{}", foreign.text());
    let unknown = system.decision(key, "/v1/decisions/login%2F2").await?;
    assert_eq!((unknown.status, &unknown.json()?["code"]), (404, &json!("decision_unknown")));

    let ledger = system.ledger_balanced(3).await?;
    assert_eq!((ledger.scored, ledger.duplicate, ledger.conflict), (1, 1, 1));
    system.visible("dora", 1).await?;
    system.check_counters().await
}

#[tokio::test]
async fn an_event_without_an_id_gets_one_that_makes_its_retry_harmless() -> Result<()> {
    let system = System::start().await?;
    let mut login = event("emma", "account_login");
    let first = system.decide(&login, PATIENT_MS).await?.json()?;
    login["event_id"] = first["event_id"].clone();
    let again = system.decide(&login, PATIENT_MS).await?;
    assert_eq!((again.status, again.json()?), (200, first.clone()));
    let ledger = system.ledger_balanced(2).await?;
    assert_eq!((ledger.scored, ledger.duplicate), (1, 1));

    // What was scored without anybody asking is answered from what is stored.
    let mut view = event("emma", "page_view");
    view["event_id"] = json!("view-1");
    assert_eq!(system.send_json(&view).await?.status, 202);
    system.visible("emma", 2).await?;
    let key = &system.site.tenant.api_key;
    assert_eq!(system.decision(key, "/v1/decisions/view-1").await?.status, 404, "nobody asked");
    let late = system.decide(&view, PATIENT_MS).await?;
    assert_eq!((late.status, &late.json()?["verdict"]), (200, &json!("allow")));
    assert_eq!(system.decision(key, "/v1/decisions/view-1").await?.json()?, late.json()?);
    Ok(())
}

#[tokio::test]
async fn policies_and_lists_decide_and_what_is_wrong_is_named() -> Result<()> {
    let system = System::start().await?;
    let change = json!({
        "base_version": 1,
        "reason": "ask for more",
        "patch": { "weights": { "X01": 70 }, "packs": { "sign_in": POLICIES } },
    });
    let wrong = POLICIES.replace("score.hits: [X01]", "score.hits: []");
    let mut failing = change.clone();
    failing["patch"]["packs"]["sign_in"] = json!(wrong);
    let refused = system.reader.send("PATCH", "/rule-set", &failing).await?;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("policy second_factor, test"), "{}", refused.text());
    let made = system.reader.send("PATCH", "/rule-set", &change).await?;
    assert_eq!(made.status, 200, "{}", made.text());

    let mut said = Value::Null;
    for expected in ["allow", "allow", "challenge"] {
        said = system.decide(&event("fred", "account_login"), PATIENT_MS).await?.json()?;
        assert_eq!(said["verdict"], expected, "{said}");
    }
    assert_eq!(said["policy"], "second_factor");
    assert_eq!(said["reason"], "trust 29 after 3 events");
    let hit = &said["hits"][0];
    assert_eq!((&hit["rule_id"], &hit["points"]), (&json!("X01"), &json!(70)));
    assert_eq!((&hit["reason"], &hit["mode"]), (&json!("3 events"), &json!("live")));
    // No policy is about page views: the threshold of 33 speaks.
    let said = system.decide(&event("fred", "page_view"), PATIENT_MS).await?.json()?;
    assert_eq!((&said["verdict"], &said["policy"]), (&json!("review"), &json!("default")));

    let block = ["block", "add", "--tenant", "acme", "--kind", "user", "--reason", "fraud", "fred"];
    system.site.ctl(&block).await?.success()?;
    innerwall_testkit::eventually(
        innerwall_tests::VISIBLE_WITHIN * 2,
        "fred is denied",
        async || {
            let said = system.decide(&event("fred", "account_login"), PATIENT_MS).await?.json()?;
            Ok((said["verdict"] == "deny" && said["policy"] == "default").then_some(()))
        },
    )
    .await
}

#[tokio::test]
async fn mistakes_are_answered_with_their_cause() -> Result<()> {
    let system = System::start().await?;
    let good = event("gina", "account_login");
    let mut faulty = good.clone();
    faulty["ip"] = json!("nowhere");
    let invalid = system.decide(&faulty, PATIENT_MS).await?;
    assert_eq!((invalid.status, &invalid.json()?["events"][0]["field"]), (422, &json!("ip")));
    for (within_ms, status) in [(19, 400), (20, 0), (2001, 400)] {
        let answer = system.decide(&good, within_ms).await?;
        let is_expected = if status == 0 { answer.status != 400 } else { answer.status == status };
        assert!(is_expected, "{within_ms}: {} {}", answer.status, answer.text());
    }
    let many = system.decide(&json!([good, good]), PATIENT_MS).await?;
    assert_eq!((many.status, &many.json()?["code"]), (400, &json!("one_event_expected")));
    let stranger = system.decide_as("guessed", &good, PATIENT_MS).await?;
    assert_eq!(stranger.status, 401);
    Ok(())
}
