//! What windows count by, and which events they look at.

use super::*;

fn counted_by(key: &str) -> Rulebook {
    book(&[("w", &format!("count: 'true', by: {key}, over: 1h"), "")])
}

/// The values that a window by a key has for some events, one after the other.
fn values(key: &str, events: Vec<Event>) -> Vec<Value> {
    let (book, mut world) = (counted_by(key), World::default());
    events.into_iter().map(|event| world.value(&book, event)).collect()
}

fn by(user: &'static str) -> impl Fn(&mut Event) {
    move |event| event.user_id = innerwall_event::UserId(user.to_owned())
}

fn numbers(numbers: &[i64]) -> Vec<Value> {
    numbers.iter().map(|number| Value::Int(*number)).collect()
}

#[test]
fn addresses_of_one_ipv6_network_are_one() {
    let from = |at_s, ip: &str| changed(at_s, |event| event.ip = ip.parse().unwrap());
    let events = || {
        vec![
            from(0, "2001:db8:1:2::1"),
            from(1, "2001:db8:1:2:ffff::9"),
            from(2, "2001:db8:1:3::1"),
            from(3, "10.1.2.3"),
            from(4, "::ffff:10.1.2.3"),
            from(5, "10.1.2.4"),
            from(6, "10.1.3.4"),
        ]
    };
    assert_eq!(values("address", events()), numbers(&[1, 2, 1, 1, 2, 1, 1]));
    assert_eq!(values("prefix", events()), numbers(&[1, 2, 3, 1, 2, 3, 1]));
}

#[test]
fn a_device_is_what_the_producer_names_or_else_neighbourhood_and_user_agent() {
    let from = |at_s, ip: &str, agent: Option<&str>, custom: Option<&str>| {
        changed(at_s, |event| {
            event.ip = ip.parse().unwrap();
            event.user_agent = agent.map(str::to_owned);
            event.custom = custom.map(str::to_owned);
        })
    };
    let events = vec![
        from(0, "10.1.2.3", Some("a"), Some(r#"{"device_id":"d1"}"#)),
        from(1, "10.9.9.9", Some("b"), Some(r#"{"device_id":"d1"}"#)),
        from(2, "10.1.2.3", Some("a"), None),
        from(3, "10.1.2.99", Some("a"), None),
        from(4, "10.1.3.3", Some("a"), None),
        from(5, "10.1.2.3", Some("b"), None),
        from(6, "10.1.2.3", None, None),
        // One that is named with an empty text is not named.
        from(7, "10.1.2.3", Some("a"), Some(r#"{"device_id":""}"#)),
    ];
    let mut expected = numbers(&[1, 2, 1, 2, 1, 1, 0, 3]);
    expected[6] = Value::Unknown;
    assert_eq!(values("device", events), expected);
}

#[test]
fn e_mail_addresses_are_known_from_before_and_one_pattern_is_one_key() {
    let with =
        |at_s, email: Option<&str>| changed(at_s, |event| event.email = email.map(str::to_owned));
    let events = || {
        vec![
            with(0, None),
            with(1, Some("anna1201@example.org")),
            with(2, None),
            with(3, Some("ANNA7@example.org")),
            with(4, Some("anna@example.org")),
        ]
    };
    let mut expected = numbers(&[0, 1, 2, 1, 1]);
    expected[0] = Value::Unknown;
    assert_eq!(values("email", events()), expected);
    expected[3] = Value::Int(3);
    assert_eq!(values("email_pattern", events()), expected);
    expected[4] = Value::Int(4);
    assert_eq!(values("email_domain", events()), expected);
}

#[test]
fn a_session_is_the_producers_or_else_ours() {
    let with = |at_s, session: Option<&str>| {
        changed(at_s, |event| event.session_id = session.map(str::to_owned))
    };
    let events = vec![
        with(0, Some("s1")),
        with(1, Some("s2")),
        with(2, Some("s1")),
        with(3, None),
        with(4, None),
        // After so long a pause it is another session of ours.
        with(3_500, None),
    ];
    assert_eq!(values("session", events), numbers(&[1, 1, 2, 1, 2, 1]));
}

#[test]
fn visitors_not_signed_in_are_told_apart_by_e_mail_or_not_at_all() {
    let anonymous = by("N/A");
    let with = |at_s, email: Option<&str>| {
        changed(at_s, |event| {
            anonymous(event);
            event.email = email.map(str::to_owned);
        })
    };
    let events =
        || vec![with(0, None), with(1, Some("a@example.org")), with(2, Some("b@example.org"))];
    // Windows of one user know nothing of many.
    assert_eq!(values("user", events()), vec![Value::Unknown; 3]);
    assert_eq!(values("session", events()), vec![Value::Unknown; 3]);
    let distinct = book(&[("w", "distinct: user, by: address, over: 1h", "")]);
    let mut world = World::default();
    let found: Vec<Value> =
        events().into_iter().map(|event| world.value(&distinct, event)).collect();
    assert_eq!(found, numbers(&[0, 1, 2]));
    // The e-mail address of one visitor is not that of the next.
    let mut expected = numbers(&[0, 1, 1]);
    expected[0] = Value::Unknown;
    assert_eq!(values("email", events()), expected);
    let last = [with(1, Some("a@example.org")), with(2, None)].to_vec();
    assert_eq!(values("email", last), [Value::Int(1), Value::Unknown]);
}

#[test]
fn an_event_that_lacks_a_key_is_neither_counted_nor_read() {
    let book = book(&[("w", "count: 'true', by: [address, custom.shop], over: 1h", "")]);
    let mut world = World::default();
    let shop = |at_s| changed(at_s, |event| event.custom = Some(r#"{"shop":"x"}"#.to_owned()));
    assert_eq!(world.value(&book, shop(0)), Value::Int(1));
    assert_eq!(world.value(&book, event(1)), Value::Unknown);
    assert_eq!(world.value(&book, shop(2)), Value::Int(2));
}

#[test]
fn late_events_are_neither_counted_nor_read() {
    for key in ["address", "user"] {
        let (book, mut world) = (counted_by(key), World::default());
        let late = |at_s: i64, received_s: i64| {
            let received = event(received_s).received_at;
            changed(at_s, |event| event.received_at = received)
        };
        assert_eq!(world.value(&book, event(3_600)), Value::Int(1), "{key}");
        assert_eq!(world.value(&book, late(0, 3_601)), Value::Unknown, "{key}");
        assert_eq!(world.value(&book, event(3_602)), Value::Int(2), "{key}");
        // Just in time still counts, at its own time.
        assert_eq!(
            world.value(&book, late(10, 3_610)).clone(),
            Value::Int(if key == "user" { 3 } else { 1 })
        );
        assert_eq!(world.value(&book, event(3_611)), Value::Int(4), "{key}");
    }
}

#[test]
fn an_event_from_the_future_counts_at_its_receipt() {
    let (book, mut world) = (counted_by("address"), World::default());
    let received = event(0).received_at;
    let early = changed(600, |event| event.received_at = received);
    assert_eq!(world.value(&book, early), Value::Int(1));
    assert_eq!(world.value(&book, event(1)), Value::Int(2));
}

#[test]
fn only_the_types_of_a_rule_read_its_window_and_only_matching_events_count() {
    let failure = r#"event.type == "account_login_fail""#;
    let book = book(&[(
        "w",
        &format!("count: '{failure}', by: address, over: 1h"),
        &format!("{failure} && "),
    )]);
    let mut world = World::default();
    let fails = |at_s| {
        changed(at_s, |event| {
            event.kind = innerwall_event::EventKind::parse("account_login_fail").unwrap();
        })
    };
    assert_eq!(world.value(&book, fails(0)), Value::Int(1));
    assert_eq!(world.value(&book, event(1)), Value::Unknown);
    assert_eq!(world.value(&book, fails(2)), Value::Int(2));
    assert_eq!(world.rows.values().map(|amount| amount.events).sum::<i64>(), 2);
}
