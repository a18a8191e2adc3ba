use innerwall_event::{Draft, Receipt, Strictness, Timestamp, accept};

use super::*;

fn event() -> Event {
    let draft = Draft {
        user_id: Some("alice".into()),
        ip: Some("2001:db8::1".into()),
        url: Some("/a".into()),
        event_type: Some("purchase".into()),
        http_method: Some("PUT".into()),
        http_code: Some("201".into()),
        amount: Some("9.99".into()),
        currency: Some("eur".into()),
        custom: Some("{\"a\":1}".into()),
        event_id: Some("order-1".into()),
        field_history: vec![innerwall_event::FieldChange {
            field_id: "f".into(),
            field_name: None,
            old_value: Some("1".into()),
            new_value: "2".into(),
            parent_id: None,
            parent_name: None,
        }],
        ..Draft::default()
    };
    let at = Timestamp::from_micros(1_795_000_000_000_001);
    let receipt = Receipt { tenant: TenantId(3), at, fresh_id: Uuid::from_u128(9) };
    accept(draft, receipt, Strictness::Refuse).unwrap()
}

fn batch() -> Batch {
    Batch {
        id: Uuid::from_u128(1),
        tenant: TenantId(3),
        gateway: Uuid::from_u128(2),
        shard: 5,
        events: vec![event()],
        parent: Some(Uuid::from_u128(4)),
        redrive_of: Some(12),
        wants_verdict: true,
    }
}

#[test]
fn a_batch_survives_the_wire() {
    assert_eq!(Batch::decode(&batch().encode()).unwrap(), batch());
    let plain = Batch { parent: None, redrive_of: None, ..batch() };
    assert_eq!(Batch::decode(&plain.encode()).unwrap(), plain);
}

#[test]
fn what_is_no_batch_is_refused() {
    assert!(matches!(Batch::decode(b"\xff\xff"), Err(BatchDecodeError::NotABatch(_))));
    assert!(matches!(Batch::decode(b""), Err(BatchDecodeError::Invalid { field: "batch_id" })));
    let empty = Batch { events: Vec::new(), ..batch() };
    let error = Batch::decode(&empty.encode()).unwrap_err();
    assert!(matches!(error, BatchDecodeError::Invalid { field: "events" }));
}

#[test]
fn a_batch_is_always_split_into_the_same_singles() {
    let whole = Batch { parent: None, redrive_of: None, ..batch() };
    let single = whole.single(0).unwrap();
    assert_eq!(single, whole.single(0).unwrap());
    assert_ne!(single.id, whole.id);
    assert_eq!(single.parent, Some(whole.id));
    assert_eq!(single.single(0).unwrap(), single);
    assert_eq!(whole.single(1), None);
}
