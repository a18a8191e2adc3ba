//! The live stream shows events as they are scored.

use anyhow::{Context, Result};
use innerwall_tests::{EventStream, System, VISIBLE_WITHIN, event};
use tokio::time::timeout;

#[tokio::test]
async fn a_scored_event_is_in_the_live_stream_within_two_seconds() -> Result<()> {
    let system = System::start().await?;
    let mut stream = EventStream::open(&system.reader).await?;
    assert_eq!(system.send_json(&event("dora", "account_login")).await?.status, 202);

    let shown = timeout(VISIBLE_WITHIN, stream.next("scored")).await;
    let shown = shown.context("nothing in the stream")??;
    assert_eq!(shown["user_id"], "dora");
    assert_eq!(shown["event_type"], "account_login");
    assert!(shown["trust_score"].is_i64(), "{shown}");
    let stored = system.reader.events_of("dora").await?;
    assert_eq!(shown["event_id"], stored[0]["event_id"]);
    Ok(())
}

#[tokio::test]
async fn the_live_stream_shows_nothing_of_other_tenants() -> Result<()> {
    let system = System::start().await?;
    let other = system.site.create_tenant("other").await?;
    let stranger = innerwall_tests::Reader::new(&system.query.url, &other.api_token);
    let mut theirs = EventStream::open(&stranger).await?;
    let mut ours = EventStream::open(&system.reader).await?;
    assert_eq!(system.send_json(&event("dora", "page_view")).await?.status, 202);

    timeout(VISIBLE_WITHIN, ours.next("scored")).await.context("nothing in the stream")??;
    let leaked = timeout(VISIBLE_WITHIN, theirs.next("scored")).await;
    assert!(leaked.is_err(), "{leaked:?}");
    assert_eq!(stranger.read("/users").await?["items"], serde_json::json!([]));
    assert_eq!(stranger.get("/users/dora").await?.status, 404);
    Ok(())
}
