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

    #[test]
    fn a_pack_with_any_edit_is_read_or_refused_without_panic(
        at in 0_usize..700,
        removed in 0_usize..40,
        put in "[a-z_.{}\\[\\]:,>&|'\"\\n 0-9é-]{0,12}",
    ) {
        let text = include_str!("edited.yaml");
        let edited: String = text.chars().take(at).chain(put.chars())
            .chain(text.chars().skip(at + removed)).collect();
        for error in read_pack(&edited).err().unwrap_or_default() {
            let lines = edited.lines().count() as u64 + 1;
            proptest::prop_assert!((1..=lines).contains(&error.line), "{error} of {lines}");
        }
    }
}

#[test]
fn a_fault_in_a_block_points_into_its_line() {
    let text = pack("|\n      user.event_count > 5 &&\n      user.ip_cuont > 1");
    let errors = read_pack(&text).unwrap_err();
    assert_eq!((errors[0].line, errors[0].column), (8, 7), "{errors:?}");
    let quoted = pack("'user.ip_cuont > 1'");
    let errors = read_pack(&quoted).unwrap_err();
    assert_eq!((errors[0].line, errors[0].column), (6, 12), "{errors:?}");
    let folded = pack("user.event_count > 5\n      && user.ip_cuont > 1");
    let errors = read_pack(&folded).unwrap_err();
    let place = (errors[0].line, errors[0].column);
    assert!(place == (6, 11) && errors[0].message.ends_with("column 25 of the expression)"));
}

#[test]
fn misspelt_words_of_the_form_get_a_suggestion() {
    let table = [
        ("    when:", "    wenn:", "did you mean `when`?"),
        ("    when:", "    scope: evnt\n    when:", "did you mean `event`?"),
        ("{user.event_count} e", "{user.evnt_count} e", "did you mean `user.event_count`?"),
        ("{user.event_count: 9}", "{user.evnt_count: 9}", "did you mean `user.event_count`?"),
    ];
    for (right, wrong, expected) in table {
        let text = pack("user.event_count > 5").replacen(right, wrong, 1);
        let errors = read_pack(&text).unwrap_err();
        assert!(errors[0].message.contains(expected), "{wrong}: {errors:?}");
    }
}

#[test]
fn a_fault_in_a_reason_points_at_the_hole() {
    let text = pack("user.event_count > 5").replace("{user.event_count} e", "after {w} e");
    let errors = read_pack(&text).unwrap_err();
    assert_eq!((errors[0].line, errors[0].column), (7, 21), "{errors:?}");
}

#[test]
fn tags_and_needs_are_limited_on_both_sides() {
    let tagged = |count: usize| {
        let tags = vec!["t"; count].join(", ");
        let line = format!("    tags: [{tags}]\n    needs: [country, breach provider]\n    when:");
        read_pack(&pack("user.event_count > 5").replace("    when:", &line))
    };
    let rule = &tagged(TAGS_MAX).unwrap().rules[0];
    assert_eq!((rule.tags.len(), rule.needs.len()), (TAGS_MAX, 2));
    assert!(tagged(TAGS_MAX + 1).unwrap_err()[0].message.contains("the limit is 16"));
    let text = pack("true").replace("    when:", "    tags: [Big Tag]\n    when:");
    assert!(read_pack(&text).unwrap_err()[0].message.contains("`Big Tag` is no tag"));
}

#[test]
fn what_is_probably_not_meant_is_a_warning() {
    let warnings = |when: &str, id: &str| -> Vec<String> {
        let read = read_pack(&pack(when).replace("X01", id)).unwrap();
        pack_warnings(&read).into_iter().map(|warning| warning.message).collect()
    };
    assert_eq!(warnings("user.event_count > 5", "X01"), [""; 0]);
    let table = [
        ("user.event_count > 5", "A01", "rule A01: ids other than X01 to X999"),
        ("1 < 2", "X01", "rule X01: the condition is always true"),
        ("1 > 2", "X01", "rule X01: the condition is never true"),
        ("event.type == 'a' && event.type == 'b'", "X01", "rule X01: no event type can"),
        ("event.type == 'acount_login'", "X01", "rule X01: event type `acount_login` is not"),
        ("event.type == 'Page_View'", "X01", "rule X01: event types are in lower case"),
        ("inList(event.url, 'mine')", "X01", "rule X01: list `mine` is not built in"),
    ];
    for (when, id, expected) in table {
        let found = warnings(when, id);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{when}: {found:?}");
    }
    for pack in crate::builtin_packs() {
        assert_eq!(pack_warnings(pack), []);
    }
}
