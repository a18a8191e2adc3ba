use innerwall_features::Value;

use super::*;
use crate::read_pack;

/// A pack whose only window is this one, read by its only rule.
fn pack(window: &str) -> String {
    format!(
        "family: X\nwindows:\n  w: {window}\nrules:\n  - id: X01\n    name: n\n    explanation: e\n    \
         when: w > 1\n    scope: event\n    reason: \"{{w}} of them\"\n    tests:\n      \
         - {{name: yes, given: {{w: 2}}, fires: true}}\n      \
         - {{name: no, given: {{w: 1}}, fires: false}}\n"
    )
}

fn window(text: &str) -> WindowDef {
    let read = read_pack(&pack(text)).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    assert_eq!(crate::run_trials(&read), []);
    read.windows[0].clone()
}

fn refusal(text: &str) -> String {
    let errors = read_pack(&pack(text)).unwrap_err();
    assert_eq!(errors.len(), 1, "{text}: {errors:?}");
    errors[0].to_string()
}

#[test]
fn every_kind_is_read() {
    let table = [
        ("{ count: event.type == \"a\", by: address, over: 10m }", "count"),
        (
            "{ distinct: user, where: event.has_failed, by: [address, device], over: 1h }",
            "distinct",
        ),
        ("{ sum: event.amount_micros, by: user, over: 1d }", "sum"),
        ("{ ratio: event.has_failed, where: event.type == \"a\", by: prefix, over: 30s }", "ratio"),
        ("{ first_seen: true, by: user, over: 90d }", "first_seen"),
        ("{ last_seen: event.is_new_device, by: custom.shop, over: 24h }", "last_seen"),
    ];
    for (text, kind) in table {
        assert_eq!(window(text).kind.word(), kind);
    }
}

#[test]
fn identity_is_that_of_the_meaning() {
    let identity = |text: &str| window(text).identity;
    let first = identity("{ count: event.type == \"a\", by: [address, device], over: 60m }");
    let second = identity("{ over: 1h, by: [device, address], count: (event.type=='a') }");
    assert_eq!(first, second);
    // Changing how identities are made would start every stored window at zero.
    assert_eq!(first, 2_528_247_167_253_008_531);
    let others = [
        "{ count: event.type == \"b\", by: [address, device], over: 60m }",
        "{ count: event.type == \"a\", by: address, over: 60m }",
        "{ count: event.type == \"a\", by: [address, device], over: 61m }",
        "{ last_seen: event.type == \"a\", by: [address, device], over: 60m }",
        "{ distinct: user, where: event.type == \"a\", by: [address, device], over: 60m }",
    ];
    for other in others {
        assert_ne!(first, identity(other), "{other}");
    }
}

#[test]
fn windows_of_a_user_are_private() {
    assert!(window("{ count: true, by: [address, session], over: 1h }").is_private);
    assert!(!window("{ count: true, by: [address, device], over: 1h }").is_private);
}

#[test]
fn faults_name_place_and_remedy() {
    let table = [
        (
            "{ count: true, by: address }",
            "line 3, column 3: the window lacks `over`, such as `over: 10m`",
        ),
        (
            "{ count: true, over: 1h }",
            "line 3, column 3: the window lacks `by`, such as `by: address`",
        ),
        (
            "{ by: address, over: 1h }",
            "line 3, column 3: the window lacks what it gives, one of count, distinct, sum, ratio, first_seen, last_seen",
        ),
        (
            "{ count: true, sum: 1, by: address, over: 1h }",
            "line 3, column 26: a window gives one thing, this one count and sum",
        ),
        (
            "{ count: true, by: adress, over: 1h }",
            "line 3, column 25: unknown key `adress`, did you mean `address`?",
        ),
        (
            "{ count: true, by: [], over: 1h }",
            "line 3, column 25: a window counts by 1 to 3 keys, found 0",
        ),
        ("{ count: true, by: [user, user], over: 1h }", "line 3, column 25: a key is named twice"),
        (
            "{ count: true, by: address, over: 10 min }",
            "line 3, column 40: `10 min` is no duration, did you mean `10m`?",
        ),
        (
            "{ count: true, by: address, over: 9s }",
            "line 3, column 40: `9s` is out of range, a window lasts 10s to 90d",
        ),
        (
            "{ count: true, by: address, over: 91d }",
            "line 3, column 40: `91d` is out of range, a window lasts 10s to 90d",
        ),
        (
            "{ count: true, by: address, over: soon }",
            "line 3, column 40: `soon` is no duration, expected a whole number and s, m, h or d, such as 30s, 10m or 7d",
        ),
        (
            "{ count: event.tpye == 'a', by: address, over: 1h }",
            "line 3, column 15: unknown fact `event.tpye`, did you mean `event.type`?",
        ),
        (
            "{ count: true, where: true, by: address, over: 1h }",
            "line 3, column 28: `count` takes the condition itself, join both by &&",
        ),
        (
            "{ distinct: user, by: user, over: 1h }",
            "line 3, column 3: distinct user by user is always 1",
        ),
        ("{ cuont: true, by: user, over: 1h }", "unknown field `cuont`"),
    ];
    for (text, expected) in table {
        let found = refusal(text);
        assert!(found.contains(expected), "{text}: {found}");
    }
}

#[test]
fn an_unused_window_is_refused() {
    let text = pack("{ count: true, by: user, over: 1h }")
        .replace("w > 1", "true")
        .replace("{w} of", "some of");
    let errors = read_pack(&text.replace("{w: 2}", "{}").replace("{w: 1}", "{}")).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "line 3, column 3: window `w` is not read by any rule or policy"
    );
}

#[test]
fn windows_of_a_pack_are_limited_on_both_sides() {
    let many = |count: usize| {
        let line = |number| format!("  w{number}: {{ count: true, by: user, over: 1h }}\n");
        let windows = (0..count).map(line).collect::<Vec<String>>().concat();
        let sum: Vec<String> = (0..count).map(|number| format!("w{number}")).collect();
        let text = pack("{ count: true, by: user, over: 1h }");
        text.replace("  w: { count: true, by: user, over: 1h }\n", &windows)
            .replace("when: w > 1", &format!("when: {} > 1", sum.join(" + ")))
            .replace("{w} of", "some of")
            .replace("{w: 2}", "{}")
            .replace("{w: 1}", "{}")
    };
    assert!(read_pack(&many(crate::WINDOWS_MAX)).is_ok());
    let errors = read_pack(&many(crate::WINDOWS_MAX + 1)).unwrap_err();
    assert!(errors[0].message.contains("65 windows, the limit is 64"), "{errors:?}");
}

#[test]
fn a_capped_value_is_told_as_a_lower_bound() {
    let distinct = window("{ distinct: user, by: address, over: 1h }");
    assert_eq!(distinct.say(&Value::Int(999)), "999");
    assert_eq!(distinct.say(&Value::Int(1_000)), "1000 or more");
    assert_eq!(distinct.say(&Value::Unknown), "unknown");
    assert_eq!(window("{ count: true, by: address, over: 1h }").say(&Value::Int(1_000)), "1000");
}

proptest::proptest! {
    #[test]
    fn any_duration_is_read_or_refused_without_panic(text in "[0-9]{0,12}[a-zé ]{0,3}") {
        if let Ok(seconds) = duration::parse(&text) {
            proptest::prop_assert_eq!(duration::parse(&written(seconds)), Ok(seconds));
        }
    }

    #[test]
    fn any_key_is_read_or_refused_without_panic(text in "\\PC{0,20}") {
        if let Ok(key) = WindowKey::parse(&text) {
            proptest::prop_assert_eq!(key.to_string(), text);
        }
    }
}
