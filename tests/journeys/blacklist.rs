//! The blocklist, asked the way existing clients ask.

use anyhow::Result;
use innerwall_testkit::http::{self, Response};
use innerwall_tests::System;
use serde_json::{Value, json};

#[tokio::test]
async fn blocked_users_and_addresses_are_found_until_they_are_removed() -> Result<()> {
    let system = System::start().await?;
    block(&system, "user", "ivan").await?;
    block(&system, "address", "203.0.113.66").await?;
    for value in ["ivan", "203.0.113.66"] {
        let answer = search(&system, value).await?;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.json()?, json!({"value": value, "blacklisted": true}));
    }
    for value in ["judy", "203.0.113.67"] {
        assert_eq!(is_blocked(&system, value).await?, json!(false), "{value}");
    }
    let other = system.site.create_tenant("other").await?;
    let theirs = search_as(&system, &other.api_key, "ivan").await?;
    assert_eq!(theirs.json()?["blacklisted"], json!(false), "lists belong to a tenant");

    let remove = ["block", "remove", "--tenant", "acme", "ivan"];
    system.site.ctl(&remove).await?.success()?;
    assert_eq!(is_blocked(&system, "ivan").await?, json!(false));
    Ok(())
}

#[tokio::test]
async fn a_search_without_a_key_gets_the_codes_that_clients_know() -> Result<()> {
    let system = System::start().await?;
    let without = search_as(&system, "", "ivan").await?;
    assert_eq!((without.status, &without.json()?["code"]), (400, &json!(900)));
    let guessed = search_as(&system, "guessed", "ivan").await?;
    assert_eq!((guessed.status, &guessed.json()?["code"]), (401, &json!(901)));
    let empty = search(&system, "").await?;
    assert_eq!((empty.status, &empty.json()?["code"]), (400, &json!(400)));
    Ok(())
}

async fn block(system: &System, kind: &str, value: &str) -> Result<()> {
    let command = ["block", "add", "--tenant", "acme", "--kind", kind, "--reason", "fraud", value];
    system.site.ctl(&command).await?.success()?;
    Ok(())
}

async fn is_blocked(system: &System, value: &str) -> Result<Value> {
    Ok(search(system, value).await?.json()?["blacklisted"].clone())
}

async fn search(system: &System, value: &str) -> Result<Response> {
    search_as(system, &system.site.tenant.api_key, value).await
}

async fn search_as(system: &System, key: &str, value: &str) -> Result<Response> {
    let url = format!("{}/api/v1/blacklist/search", system.ingest.url);
    let headers = [("Api-Key", key), ("Content-Type", "application/json")];
    http::request("POST", &url, &headers, json!({"value": value}).to_string()).await
}
