//! Messages as a gateway would publish them, with what a gateway would never let through.

use anyhow::{Result, anyhow};
use innerwall_event::{Draft, Event, Receipt, Strictness, TenantId, Timestamp, accept};
use innerwall_testkit::amqp::{self, FieldTable};
use innerwall_tests::Site;
use innerwall_wire::Batch;
use uuid::Uuid;

/// A gateway of the test's own: its events are accounted for apart from those of the real one.
const GATEWAY: Uuid = Uuid::from_u128(0x7e57);

/// An event of a user that arrives now.
pub(crate) fn event_of(tenant: i32, user_id: &str) -> Result<Event> {
    let draft = Draft {
        user_id: Some(user_id.to_owned().into()),
        ip: Some("203.0.113.9".into()),
        url: Some("/by-hand".into()),
        ..Draft::default()
    };
    let receipt = Receipt { tenant: TenantId(tenant), at: now(), fresh_id: Uuid::new_v4() };
    accept(draft, receipt, Strictness::Refuse).map_err(|error| anyhow!("{error}"))
}

/// Publishes events of a tenant as one message to the first shard.
pub(crate) async fn publish(site: &Site, tenant: i32, events: Vec<Event>) -> Result<()> {
    let batch = Batch {
        id: Uuid::new_v4(),
        tenant: TenantId(tenant),
        gateway: GATEWAY,
        shard: 0,
        events,
        parent: None,
        redrive_of: None,
        wants_verdict: false,
    };
    publish_bytes(site, &batch.encode()).await
}

/// Publishes anything.
pub(crate) async fn publish_bytes(site: &Site, message: &[u8]) -> Result<()> {
    let queue = site.events_queue(0);
    amqp::publish_raw(&site.amqp_url, &queue, message, FieldTable::default()).await
}

fn now() -> Timestamp {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_micros();
    Timestamp::from_micros(i64::try_from(since).unwrap_or_default())
}
