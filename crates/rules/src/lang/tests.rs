use innerwall_features::{Fact, Facts, Value};

use super::*;

fn facts() -> Facts {
    let mut facts = Facts::default();
    facts.set(Fact::UserEventCount, Value::Int(7));
    facts.set(Fact::UserIsAnonymous, Value::Bool(false));
    facts.set(Fact::UserCountries, Value::Texts(["FI".into(), "NO".into()].into()));
    facts.set(Fact::EventType, Value::Text("account_login".into()));
    facts
}

fn truth(text: &str) -> Truth {
    Condition::compile(text).unwrap_or_else(|error| panic!("{text}: {error}")).eval(&facts())
}

#[test]
fn operators_bind_as_in_cel() {
    let table = [
        ("1 + 2 * 3 == 7", true),
        ("(1 + 2) * 3 == 9", true),
        ("7 % 4 == 3 && !false", true),
        ("true || false && false", true),
        ("-2 < 1 - 2", true),
        ("user.event_count >= 7 && user.event_count < 8", true),
        ("user.event_count in [1, 7]", true),
        ("event.type in ['account_login', \"x\"]", true),
        ("event.type.startsWith('account_') && !event.type.endsWith('fail')", true),
        ("size(event.type) == 13", true),
        ("user.is_anonymous == (1 > 2)", true),
        ("user.is_anonymous != false", false),
        ("event.type == \"x\"", false),
        ("'it\\'s' == \"it's\"", true),
        ("event.type.matches('^account_[a-z]+$') && !matches(event.type, '^login')", true),
        ("'ABC'.lowerAscii() == 'abc' && event.type.lowerAscii() == event.type", true),
        ("int('12') == 12 && int(' -3 ') < 0", true),
        ("user.event_count > 5 ? event.type == 'account_login' : false", true),
        ("(user.is_anonymous ? 1 : user.event_count > 5 ? 2 : 3) == 2", true),
        ("(user.is_anonymous ? 'a' : event.type).lowerAscii() == 'account_login'", true),
        ("'FI' in user.countries && sets.intersects(user.countries, ['SE', 'FI'])", true),
        ("sets.intersects(user.countries, ['SE'])", false),
        ("size(user.countries) == 2", true),
        ("user.event_count in [-7, 7] && !(-user.event_count in [7])", true),
    ];
    for (text, expected) in table {
        assert_eq!(truth(text), Truth::from(expected), "{text}");
    }
}

#[test]
fn unknown_spreads_unless_the_other_side_decides() {
    let unknown = Truth::Unknown(Missing::Fact(Fact::UserDormantDays));
    assert_eq!(truth("user.dormant_days > 30"), unknown);
    assert_eq!(truth("!(user.dormant_days > 30)"), unknown);
    assert_eq!(truth("user.dormant_days > 30 && true"), unknown);
    assert_eq!(truth("user.dormant_days > 30 && false"), Truth::False);
    assert_eq!(truth("false && user.dormant_days > 30"), Truth::False);
    assert_eq!(truth("user.dormant_days > 30 || true"), Truth::True);
    assert_eq!(truth("user.dormant_days > 30 || false"), unknown);
    assert_eq!(truth("has(user.dormant_days)"), Truth::False);
    assert_eq!(truth("has(user.event_count)"), Truth::True);
}

#[test]
fn arithmetic_without_a_result_is_unknown() {
    for text in ["1 / 0 == 1", "1 % 0 == 1", "9223372036854775807 + 1 > 0"] {
        assert_eq!(truth(text), Truth::Unknown(Missing::Arithmetic), "{text}");
    }
}

#[test]
fn faults_name_place_and_remedy() {
    let table = [
        (
            "user.evnt_count > 1",
            1,
            1,
            "unknown fact `user.evnt_count`, did you mean `user.event_count`?",
        ),
        ("true &&\n  user.event_count", 2, 3, "`&&` needs bool, this is int"),
        ("user.event_count", 1, 1, "a condition needs bool, this is int"),
        ("user.event_count == 'a'", 1, 18, "`==` cannot compare int with text"),
        ("event.type > 'a'", 1, 12, "`>` cannot compare text with text"),
        ("user.event_count = 1", 1, 18, "unexpected `=`, did you mean `==`?"),
        ("(true", 1, 6, "expected `)`, found the end"),
        ("true false", 1, 6, "unexpected `false` after the end"),
        ("event.type in ['a', 1]", 1, 21, "this list may only hold texts"),
        ("'a", 1, 1, "text is not closed, ' is missing"),
        (
            "event.type.startWith('a')",
            1,
            12,
            "unknown function `startWith`, did you mean `startsWith`?",
        ),
        (
            "sets.intersect(user.countries, ['a'])",
            1,
            1,
            "unknown function `sets.intersect`, did you mean `sets.intersects`?",
        ),
        ("matches(event.type)", 1, 1, "`matches` needs 2 operands, found 1"),
        ("event.type.matches(event.url)", 1, 20, "`matches` needs a pattern in quotes"),
        ("event.type.matches('(')", 1, 20, "not a pattern: unclosed group"),
        ("inList(event.url, event.type)", 1, 19, "`inList` needs the name of a list in quotes"),
        (
            "sets.intersects(event.url, ['a'])",
            1,
            17,
            "`sets.intersects` needs a set of texts such as `user.countries` first",
        ),
        ("true ? 1 : 'a'", 1, 6, "`?` cannot choose between int and text"),
        ("true ? false", 1, 13, "expected `:`, found the end"),
        (
            "custom.a.b == 'x'",
            1,
            1,
            "`custom.a.b` names no custom field, expected 1 to 64 of A-Z a-z 0-9 _",
        ),
        (
            "dormant_days > 1",
            1,
            1,
            "unknown window `dormant_days`, did you mean `user.dormant_days`?",
        ),
        ("", 1, 1, "expected a value, found the end"),
    ];
    for (text, line, column, message) in table {
        let error = Condition::compile(text).unwrap_err();
        assert_eq!(
            (error.line, error.column, error.message.as_str()),
            (line, column, message),
            "{text}"
        );
    }
}

#[test]
fn size_and_depth_are_limited_on_both_sides() {
    let nested = |depth: usize| format!("{}true{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Condition::compile(&nested(DEPTH_MAX - 1)).is_ok());
    assert!(Condition::compile(&nested(DEPTH_MAX)).is_err());
    assert!(Condition::compile(&"!".repeat(10_000)).is_err());
    let long = |terms: usize| vec!["true"; terms].join("&&");
    assert!(Condition::compile(&long(128)).is_ok());
    assert!(Condition::compile(&long(129)).unwrap_err().message.contains("the limit is 256"));
    assert!(Condition::compile(&" ".repeat(EXPRESSION_BYTES_MAX + 1)).is_err());
}

#[test]
fn facts_read_are_listed_once() {
    let condition =
        Condition::compile("user.event_count > 1 || user.event_count > user.device_count").unwrap();
    assert_eq!(condition.facts(), [Fact::UserEventCount, Fact::UserDeviceCount]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_compiled_or_refused_without_panic(text in "[a-z._ ()\\[\\]!&|=<>0-9'\"+*/%,?:-]{0,80}") {
        if let Ok(condition) = Condition::compile(&text) {
            proptest::prop_assert!(condition.cost() <= COST_MAX);
        }
    }
}

mod analysis;
mod values;
