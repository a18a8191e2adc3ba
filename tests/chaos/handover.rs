//! A deploy is no failed delivery: what a scorer had taken is finished, what it had not is whole.

use anyhow::Result;
use innerwall_testkit::amqp::{self, AMQPValue, TakenMessage};
use innerwall_tests::{System, event};
use innerwall_wire::Batch;

/// More messages of one user than a scorer takes ahead.
const EVENTS: usize = 60;
const SHARDS: u16 = 8;

#[tokio::test]
async fn a_scorer_that_is_asked_to_end_leaves_no_trace_of_a_failed_delivery() -> Result<()> {
    let mut system = System::start().await?;
    system.scorers[0].process.pause()?;
    for _ in 0..EVENTS {
        let answer = system.send_json(&event("walter", "page_view")).await?;
        assert_eq!(answer.status, 202, "{}", answer.text());
    }
    // Asked while it sleeps: when it wakes up, it has to end with messages in its hands.
    system.scorers[0].process.terminate()?;
    system.scorers[0].process.resume()?;
    system.scorers[0].ended_in_order().await?;

    let mut left = 0;
    for shard in 0..SHARDS {
        let queue = system.site.events_queue(shard);
        while let Some(message) = amqp::take(&system.site.amqp_url, &queue).await? {
            let deliveries = failed_deliveries(&message);
            assert_eq!(deliveries, 0, "a message was taken and given back");
            left += Batch::decode(&message.body)?.events.len();
        }
    }
    let stored = system.stored_event_ids().await?.len();
    assert_eq!(stored + left, EVENTS, "{stored} stored, {left} left");
    Ok(())
}

/// The broker counts deliveries that were not acknowledged.
fn failed_deliveries(message: &TakenMessage) -> i64 {
    let count = message.headers.inner().get("x-delivery-count");
    count.and_then(AMQPValue::as_long_long_int).unwrap_or(0)
}
