use super::super::*;

fn types(text: &str) -> Option<Vec<String>> {
    let types = Condition::compile(text).unwrap().event_types();
    types.map(|types| types.into_iter().collect())
}

#[test]
fn event_types_are_read_off_the_condition() {
    let table = [
        ("event.type == 'a' && user.event_count > 1", Some(vec!["a"])),
        ("user.event_count > 1 && event.type in ['a', 'b']", Some(vec!["a", "b"])),
        ("event.type == 'a' || 'b' == event.type", Some(vec!["a", "b"])),
        ("event.type == 'a' || user.event_count > 1", None),
        ("event.type != 'a'", None),
        ("!(event.type != 'a')", Some(vec!["a"])),
        ("event.type in ['a', 'b'] && event.type != 'b'", Some(vec!["a"])),
        ("event.type == 'a' && event.type == 'b'", Some(vec![])),
        ("!(event.type == 'a' || event.type != 'b')", Some(vec!["b"])),
        ("event.type == 'a' ? user.event_count > 1 : event.type == 'b'", Some(vec!["a", "b"])),
        ("false", Some(vec![])),
        ("event.type.startsWith('account_')", None),
    ];
    for (text, expected) in table {
        let expected = expected.map(|names| names.into_iter().map(str::to_owned).collect());
        assert_eq!(types(text), expected, "{text}");
    }
}

#[test]
fn what_is_decided_is_folded() {
    let constants = [
        ("1 + 1 == 2", Some(true)),
        ("'abc'.matches('b') && !('a' == 'b')", Some(true)),
        ("user.event_count > 1 && false", Some(false)),
        ("user.event_count > 1 || !false", Some(true)),
        ("user.event_count > 1", None),
        ("1 / 0 == 1", None),
    ];
    for (text, expected) in constants {
        assert_eq!(Condition::compile(text).unwrap().constant(), expected, "{text}");
    }
    let folded = Condition::compile("true && user.event_count > 2 * 3").unwrap();
    assert_eq!(folded, Condition::compile("user.event_count > 6").unwrap());
}

#[test]
fn one_meaning_has_one_spelling() {
    let spelled = |text: &str| Condition::compile(text).unwrap().canonical();
    let same = [
        "event.type == 'a'&&(user.event_count>6)",
        "event.type  == \"a\" && user.event_count > 2 * 3",
    ];
    assert_eq!(spelled(same[0]), spelled(same[1]));
    assert_ne!(spelled("event.type == 'a'"), spelled("event.type == 'b'"));
    assert_ne!(spelled("event.type in ['a b']"), spelled("event.type in ['a', 'b']"));
}

#[test]
fn lists_are_found_with_their_places() {
    let condition = Condition::compile("true\n && inList(event.url, 'mine')").unwrap();
    assert_eq!(condition.lists(), [ListUse { name: "mine".to_owned(), line: 2, column: 23 }]);
    assert_eq!(condition.reads().len(), 2);
}

#[test]
fn patterns_and_cost_are_limited() {
    let pattern = |text: &str| Condition::compile(&format!("event.url.matches('{text}')"));
    assert!(pattern(&"a".repeat(PATTERN_BYTES_MAX)).is_ok());
    let long = pattern(&"a".repeat(PATTERN_BYTES_MAX + 1)).unwrap_err();
    assert_eq!(long.message, "pattern holds 257 bytes, the limit is 256");
    let large = pattern("((a{100}){100}){100}").unwrap_err();
    assert!(large.message.starts_with("pattern needs more than"), "{large}");
    let many = vec!["event.url.matches('a')"; 31].join(" || ");
    assert!(Condition::compile(&many).unwrap_err().message.contains("steps, the limit is 1000"));
}

#[test]
fn a_window_reads_what_belongs_to_the_event() {
    let read = |text| Condition::compile_in(text, Scope::Window);
    assert!(read("event.is_new_device && custom.plan == 'x' && phone.is_valid").is_ok());
    let error = read("event.has_failed && user.event_count > 1").unwrap_err();
    assert_eq!((error.line, error.column), (1, 21));
    assert!(error.message.contains("cannot read `user.event_count`"), "{error}");
    assert!(read("other_window > 1").unwrap_err().message.contains("cannot read a window"));
}

#[test]
fn what_may_decide_a_condition_is_listed() {
    let text = "user.event_count >= 3 && (user.is_anonymous || custom.plan == 'gold')";
    let found: Vec<String> = Condition::compile(text)
        .unwrap()
        .probes()
        .into_iter()
        .map(|(_, value)| format!("{value:?}"))
        .collect();
    let numbers = ["Int(2)", "Int(3)", "Int(4)"];
    assert_eq!(found[..3], numbers);
    assert_eq!(found[3..], ["Bool(true)", "Bool(false)", "Text(\"gold\")"]);
    let sets = "sets.intersects(user.countries, ['FI', 'NO']) || 'SE' in user.countries";
    assert_eq!(Condition::compile(sets).unwrap().probes().len(), 3);
}
