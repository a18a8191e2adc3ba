//! A message that a gateway of version 1 has published can be read for ever.
//!
//! The golden file is never changed. A new version of the envelope gets a new file beside it.

use anyhow::{Result, anyhow};
use innerwall_event::{
    Draft, Event, FieldChange, Receipt, Strictness, TenantId, Timestamp, accept,
};
use innerwall_wire::Batch;
use uuid::Uuid;

const VERSION_1: &[u8] = include_bytes!("golden/envelope.v1.bin");
const RECEIVED_US: i64 = 1_795_000_000_000_001;

#[test]
fn the_envelope_of_version_1_is_still_read() -> Result<()> {
    let batch = Batch::decode(VERSION_1)?;
    let expected = expected()?;
    assert_eq!(batch.events.len(), expected.events.len());
    for (event, expected) in batch.events.iter().zip(&expected.events) {
        assert_eq!(event, expected);
    }
    assert_eq!(batch, expected);
    Ok(())
}

#[test]
fn the_envelope_of_version_1_is_still_written() -> Result<()> {
    let written = expected()?.encode();
    assert_eq!(written, VERSION_1, "gateways and scorers of version 1 cannot read this one");
    Ok(())
}

#[test]
fn fields_of_later_versions_are_passed_over() -> Result<()> {
    let mut later = VERSION_1.to_vec();
    // Field 1000 as a varint: what nobody knows yet.
    later.extend([0xc0, 0x3e, 0x01]);
    assert_eq!(Batch::decode(&later)?, expected()?);
    Ok(())
}

fn expected() -> Result<Batch> {
    Ok(Batch {
        id: Uuid::from_u128(0x01a2_0000_0000_7000_8000_0000_0000_0001),
        tenant: TenantId(3),
        gateway: Uuid::from_u128(0x01a2_0000_0000_7000_8000_0000_0000_0002),
        shard: 5,
        events: vec![full()?, sparse()?],
        parent: Some(Uuid::from_u128(0x01a2_0000_0000_7000_8000_0000_0000_0003)),
        redrive_of: Some(12),
        wants_verdict: false,
    })
}

/// An event with everything an event can have.
fn full() -> Result<Event> {
    let change = FieldChange {
        field_id: "price".into(),
        field_name: Some("Price".into()),
        old_value: Some("1".into()),
        new_value: "2".into(),
        parent_id: Some("item-1".into()),
        parent_name: Some("Shoe".into()),
    };
    let text = |value: &'static str| Some(value.into());
    let draft = Draft {
        event_id: text("order-1"),
        event_type: text("purchase"),
        event_time: text("2026-11-18T10:00:00.123456Z"),
        user_id: text("alice"),
        ip: text("2001:db8::1"),
        url: text("/checkout"),
        page_title: text("Checkout"),
        referer: text("/cart"),
        user_agent: text("curl/8.5.0"),
        language: text("de-CH"),
        http_method: text("PUT"),
        http_code: text("201"),
        email: text("alice@mail.example"),
        phone: text("+41 79 555 01 23"),
        first_name: text("Alice"),
        last_name: text("Liddell"),
        full_name: text("Alice Liddell"),
        user_created: text("2020-01-01T00:00:00Z"),
        session_id: text("s-1"),
        amount: text("9.99"),
        currency: text("eur"),
        custom: text("{\"a\":1}"),
        field_history: vec![change],
        ..Draft::default()
    };
    let mut event = accepted(draft)?;
    event.trace_id = Some("trace-1".into());
    event.corrections = vec!["url:cut".into()];
    Ok(event)
}

/// An event with no more than it must have.
fn sparse() -> Result<Event> {
    let draft =
        Draft { user_id: Some("bob".into()), ip: Some("203.0.113.7".into()), ..Draft::default() };
    accepted(draft)
}

fn accepted(draft: Draft<'_>) -> Result<Event> {
    let receipt = Receipt {
        tenant: TenantId(3),
        at: Timestamp::from_micros(RECEIVED_US),
        fresh_id: Uuid::from_u128(0x01a2_0000_0000_7000_8000_0000_0000_0004),
    };
    accept(draft, receipt, Strictness::Refuse).map_err(|error| anyhow!("{error}"))
}
