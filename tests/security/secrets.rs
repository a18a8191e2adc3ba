//! Secrets and what events say about people stay where they belong.

use anyhow::Result;
use innerwall_testkit::http;
use innerwall_tests::{Browser, System, event};
use serde_json::json;

const TABLES: &str = "
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname";
const REFUSE: &str = "ALTER TABLE events ADD CONSTRAINT refused CHECK (url <> '/refused')";
const EMAIL: &str = "sybil.canary@mail.example";
const ADDRESS: &str = "198.51.100.213";
const PHONE: &str = "+41795550123";
const TITLE: &str = "canary title";

#[tokio::test]
async fn secrets_are_in_no_table_and_neither_they_nor_people_are_in_any_log() -> Result<()> {
    let system = System::start().await?;
    let session_token = use_everything(&system).await?;
    let tenant = &system.site.tenant;
    let secrets = [&tenant.api_key, &tenant.api_token, &tenant.password, &session_token];
    for secret in secrets {
        let found = tables_with(&system, secret).await?;
        assert!(found.is_empty(), "{} is in {found:?}", &secret[..6]);
    }
    // The search does find what is stored.
    assert!(tables_with(&system, "sybil").await?.len() >= 2);
    assert!(!tables_with(&system, EMAIL).await?.is_empty());

    for service in [&system.ingest, &system.query, &system.scorers[0]] {
        assert!(!service.log_lines("").is_empty(), "a service without a log");
        for canary in secrets.into_iter().map(String::as_str).chain([EMAIL, ADDRESS, PHONE, TITLE])
        {
            let lines = service.log_lines(canary);
            assert!(lines.is_empty(), "{canary} is in the log: {lines:?}");
        }
    }
    Ok(())
}

/// Good events, faulty ones, refused ones, and everything that can be asked about them. Gives
/// the token of a session.
async fn use_everything(system: &System) -> Result<String> {
    let mut full = event("sybil", "account_login");
    full["email"] = json!(EMAIL);
    full["ip"] = json!(ADDRESS);
    full["phone"] = json!(PHONE);
    full["page_title"] = json!(TITLE);
    assert_eq!(system.send_json(&full).await?.status, 202);
    system.visible("sybil", 1).await?;

    system.site.sql().await?.execute(REFUSE, &[]).await?;
    let mut refused = full.clone();
    refused["url"] = json!("/refused");
    assert_eq!(system.send_json(&refused).await?.status, 202);
    assert_eq!(system.ledger_balanced(2).await?.parked, 1);

    let mut faulty = full.clone();
    faulty["email"] = json!(format!("{EMAIL} {}", "x".repeat(300)));
    faulty["event_type"] = json!(TITLE);
    assert_eq!(system.send_json(&faulty).await?.status, 422);
    let broken = format!("{{\"user_id\": \"{EMAIL}\", \"ip\": \"{ADDRESS}");
    let answer = system.send(&[("Content-Type", "application/json")], broken).await?;
    assert!((400..500).contains(&answer.status));
    search(system, EMAIL).await?;
    for path in ["/users", "/users/sybil", "/events?ip=198.51.100.213", "/users?q=sybil.canary"] {
        system.reader.read(path).await?;
    }
    sign_in(system).await
}

async fn search(system: &System, value: &str) -> Result<()> {
    let url = format!("{}/api/v1/blacklist/search", system.ingest.url);
    let headers =
        [("Api-Key", system.site.tenant.api_key.as_str()), ("Content-Type", "application/json")];
    let answer = http::request("POST", &url, &headers, json!({"value": value}).to_string()).await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    Ok(())
}

/// Gives the secret of a session.
async fn sign_in(system: &System) -> Result<String> {
    let tenant = &system.site.tenant;
    let mut browser = Browser::new(&system.query.url);
    for (password, status) in [("wrong password", 401), (&*tenant.password, 200)] {
        assert_eq!(browser.sign_in(&tenant.email, password).await?.status, status);
    }
    let (_, secret) = browser.cookie.split_once('=').unwrap_or_default();
    assert!(secret.starts_with("iws_"), "no session");
    Ok(secret.to_owned())
}

/// Tables in which any column of any row holds the text, also as bytes.
async fn tables_with(system: &System, text: &str) -> Result<Vec<String>> {
    let session = system.site.sql().await?;
    let mut found = Vec::new();
    for row in session.query(TABLES, &[]).await? {
        let table: String = row.try_get(0)?;
        let statement = format!(
            "SELECT count(*) FROM {table} AS t
             WHERE position($1 IN t::text) > 0 OR position(encode(convert_to($1, 'UTF8'), 'hex') IN t::text) > 0"
        );
        let rows: i64 = session.query_one(&statement, &[&text]).await?.try_get(0)?;
        if rows > 0 {
            found.push(table);
        }
    }
    Ok(found)
}
