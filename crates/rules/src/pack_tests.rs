use super::*;

fn pack(when: &str) -> String {
    format!(
        "family: X\nrules:\n  - id: X01\n    name: n\n    explanation: e\n    when: {when}\n    \
         reason: \"{{user.event_count}} events\"\n    tests:\n      \
         - {{name: yes, given: {{user.event_count: 9}}, fires: true}}\n      \
         - {{name: no, given: {{user.event_count: 1}}, fires: false}}\n"
    )
}

#[test]
fn a_good_pack_is_read_and_its_tests_run() {
    let read = read_pack(&pack("user.event_count > 5")).unwrap();
    assert_eq!(read.rules[0].id.as_str(), "X01");
    assert_eq!(crate::run_trials(&read), []);
    let wrong = read_pack(&pack("user.event_count > 50")).unwrap();
    assert_eq!(crate::run_trials(&wrong).len(), 1);
}

#[test]
fn a_fault_points_at_line_and_column_of_the_file() {
    let errors = read_pack(&pack("user.event_count > 5 && user.ip_cuont > 1")).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0].line, errors[0].column), (6, 11 + 24));
    assert!(errors[0].message.starts_with("unknown fact `user.ip_cuont`, did you mean"));
}

#[test]
fn all_faults_are_reported_at_once() {
    let text = pack("user.event_count")
        .replace("X01", "first")
        .replace("{user.event_count} events", "{x}");
    let errors = read_pack(&text).unwrap_err();
    assert_eq!(errors.len(), 3, "{errors:?}");
}

#[test]
fn a_rule_needs_a_test_on_either_side() {
    let text = pack("user.event_count > 5").replace("fires: false", "fires: true");
    let errors = read_pack(&text).unwrap_err();
    assert!(errors[0].message.contains("a test that does not fire is missing"), "{errors:?}");
}

#[test]
fn misspelt_keys_are_errors() {
    let text = pack("true").replace("    when:", "    wenn:");
    let errors = read_pack(&text).unwrap_err();
    assert!(errors[0].message.contains("wenn"), "{errors:?}");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_panic(text: String) {
        proptest::prop_assert!(read_pack(&text).is_err());
    }
}
