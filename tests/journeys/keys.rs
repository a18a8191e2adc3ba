//! API keys are made, used and revoked.

use std::time::Duration;

use anyhow::Result;
use innerwall_testkit::{eventually, http};
use innerwall_tests::{System, event};

const REVOKED_WITHIN: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_revoked_key_is_refused_within_ten_seconds() -> Result<()> {
    let system = System::start().await?;
    let make = ["key", "create", "--tenant", "acme", "--label", "shop"];
    let key = system.site.ctl(&make).await?.success()?;
    assert_eq!(send_with(&system, &key).await?, 202);
    assert_eq!(send_with(&system, "iwk_guessed").await?, 401);

    let revoke = ["key", "revoke", "--tenant", "acme", "--label", "shop"];
    system.site.ctl(&revoke).await?.success()?;
    eventually(REVOKED_WITHIN, "the revoked key is refused", async || {
        Ok((send_with(&system, &key).await? == 401).then_some(()))
    })
    .await?;
    assert_eq!(send_with(&system, &system.site.tenant.api_key).await?, 202, "the other key works");
    assert_ne!(system.site.ctl(&revoke).await?.code, 0, "it is revoked already");
    Ok(())
}

#[tokio::test]
async fn a_key_that_sends_too_much_is_told_when_to_come_back() -> Result<()> {
    let system = System::start().await?;
    let make = ["key", "create", "--tenant", "acme", "--label", "slow", "--events-per-second", "1"];
    let key = system.site.ctl(&make).await?.success()?;
    let lines = vec![event("erin", "page_view").to_string(); 500].join("\n");
    let url = format!("{}/v1/events", system.ingest.url);
    let headers = [("Api-Key", key.as_str()), ("Content-Type", "application/x-ndjson")];
    let first = http::request("POST", &url, &headers, lines.clone()).await?;
    assert_eq!(first.status, 202, "a whole batch fits: {}", first.text());
    let second = http::request("POST", &url, &headers, lines).await?;
    assert_eq!(second.status, 429, "{}", second.text());
    let wait: u64 = second.header("retry-after").unwrap_or_default().parse()?;
    assert!(wait >= 1);
    assert_eq!(system.ledger_balanced(500).await?.accepted, 500);
    Ok(())
}

async fn send_with(system: &System, key: &str) -> Result<u16> {
    let url = format!("{}/v1/events", system.ingest.url);
    let headers = [("Api-Key", key), ("Content-Type", "application/json")];
    let body = event("erin", "page_view").to_string();
    Ok(http::request("POST", &url, &headers, body).await?.status)
}
