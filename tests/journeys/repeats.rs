//! An event sent again under its id has one effect.

use anyhow::Result;
use innerwall_tests::{System, event};
use serde_json::json;

#[tokio::test]
async fn the_same_event_fifty_times_has_one_effect() -> Result<()> {
    let system = System::start().await?;
    let mut order = event("frank", "purchase");
    order["event_id"] = json!("order-17");
    for _ in 0..10 {
        // One by one, and several in one request.
        assert_eq!(system.send_json(&order).await?.status, 202);
        assert_eq!(system.send_json(&json!(vec![order.clone(); 4])).await?.status, 202);
    }
    let ledger = system.ledger_balanced(50).await?;
    assert_eq!((ledger.scored, ledger.duplicate, ledger.conflict), (1, 49, 0));
    assert_eq!(system.stored_event_ids().await?, ["order-17"]);
    system.visible("frank", 1).await?;
    system.check_counters().await
}

#[tokio::test]
async fn the_same_id_with_other_content_is_a_conflict_and_the_first_wins() -> Result<()> {
    let system = System::start().await?;
    let mut order = event("grace", "purchase");
    order["event_id"] = json!("order-18");
    assert_eq!(system.send_json(&order).await?.status, 202);
    system.visible("grace", 1).await?;

    order["url"] = json!("/other");
    assert_eq!(system.send_json(&order).await?.status, 202);
    // Another user is in another shard, and may be scored by another transaction.
    order["user_id"] = json!("heidi");
    assert_eq!(system.send_json(&order).await?.status, 202);
    let ledger = system.ledger_balanced(3).await?;
    assert_eq!((ledger.scored, ledger.duplicate, ledger.conflict), (1, 0, 2));
    assert_eq!(system.reader.events_of("grace").await?[0]["url"], "/account");
    assert_eq!(system.reader.user("heidi").await?, None, "nothing has happened to her");
    system.check_counters().await
}
