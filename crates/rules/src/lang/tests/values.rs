use std::collections::BTreeMap;
use std::sync::Arc;

use innerwall_event::Timestamp;
use innerwall_features::{Fact, Facts, Value};
use proptest::prelude::*;

use super::super::*;
use super::facts;

/// Entries of every list: `bad` until the tenth second.
struct Lists;

impl ListLookup for Lists {
    fn has(&self, list: &str, text: &str, now: Timestamp) -> bool {
        list == "names" && text == "bad" && now < Timestamp::from_micros(10_000_000)
    }

    fn contains_any(&self, list: &str, text: &str, _now: Timestamp) -> bool {
        list == "names" && text.contains("bad")
    }
}

fn judge(text: &str, at_s: i64) -> Truth {
    let names: [Arc<str>; 2] = ["failures".into(), "spent".into()];
    let condition = Condition::compile_in(text, Scope::Rule(&names))
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    let custom =
        BTreeMap::from([("plan".to_owned(), "bad".to_owned()), ("n".to_owned(), "5".to_owned())]);
    let inputs = Inputs {
        facts: &facts(),
        windows: &[Value::Int(3), Value::Unknown],
        custom: &custom,
        lists: &Lists,
        now: Timestamp::from_micros(at_s * 1_000_000),
    };
    condition.judge(&inputs, &mut Budget::default())
}

#[test]
fn windows_custom_fields_and_lists_are_read() {
    let table = [
        ("failures >= 3 && failures + 1 < 5", true),
        ("custom.plan == 'bad' && int(custom.n) == 5", true),
        ("has(custom.plan) && !has(custom.other) && has(failures) && !has(spent)", true),
        ("inList(custom.plan, 'names')", true),
        ("inList(event.type, 'names')", false),
        ("custom.plan.containsAny('names') && containsAny('a bad one', 'names')", true),
        ("containsAny(event.type, 'others')", false),
    ];
    for (text, expected) in table {
        assert_eq!(judge(text, 0), Truth::from(expected), "{text}");
    }
}

#[test]
fn what_has_expired_is_not_in_a_list() {
    assert_eq!(judge("inList(custom.plan, 'names')", 9), Truth::True);
    assert_eq!(judge("inList(custom.plan, 'names')", 10), Truth::False);
}

#[test]
fn what_is_missing_is_named() {
    let table = [
        ("spent > 1", Missing::Window("spent".into())),
        ("custom.other == 'x'", Missing::Custom("other".into())),
        ("int(custom.plan) > 1", Missing::Number),
        ("size(event.url) > 1", Missing::Fact(Fact::EventUrl)),
        ("user.dormant_days > 1 ? true : false", Missing::Fact(Fact::UserDormantDays)),
    ];
    for (text, missing) in table {
        assert_eq!(judge(text, 0), Truth::Unknown(missing.clone()), "{text}");
        assert_eq!(Missing::parse(&missing.to_string()), Some(missing));
    }
    for missing in [Missing::Arithmetic, Missing::Steps] {
        assert_eq!(Missing::parse(&missing.to_string()), Some(missing));
    }
    assert_eq!(Missing::parse("user.forgotten"), None);
}

#[test]
fn a_choice_evaluates_the_chosen_side_only() {
    assert_eq!(judge("failures > 1 ? true : spent > 1", 0), Truth::True);
}

#[test]
fn an_event_beyond_its_steps_skips_what_is_left() {
    let condition = Condition::compile("user.event_count > 1").unwrap();
    let (facts, mut budget) = (facts(), Budget::of(5));
    let inputs = Inputs::of_facts(&facts);
    assert_eq!(condition.cost(), 2);
    let found: Vec<Truth> = (0..4).map(|_| condition.judge(&inputs, &mut budget)).collect();
    assert_eq!(found, [Truth::True, Truth::True, Truth::Skipped, Truth::Skipped]);
}

fn bool_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("user.event_count > 3".to_owned()),
        Just("user.dormant_days > 3".to_owned()),
        Just("event.type.contains('log')".to_owned()),
        Just("event.type in ['a', 'b', 'c', 'd', 'e']".to_owned()),
        Just("event.type.matches('^a')".to_owned()),
        Just("true".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} && {right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} || {right})")),
            inner.clone().prop_map(|inner| format!("!({inner})")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(first, second, third)| format!("({first} ? {second} : {third})")),
        ]
    })
}

proptest! {
    #[test]
    fn no_evaluation_takes_more_steps_than_the_static_cost(text in bool_text(), known: bool) {
        if let Ok(condition) = Condition::compile(&text) {
            let facts = if known { facts() } else { Facts::default() };
            let mut budget = Budget::of(COST_MAX);
            condition.judge(&Inputs::of_facts(&facts), &mut budget);
            prop_assert!(COST_MAX - budget.left() <= condition.cost(), "{}", text);
        }
    }
}
