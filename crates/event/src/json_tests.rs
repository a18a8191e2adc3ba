use super::*;

#[test]
fn objects_arrays_and_lines_are_split_alike() {
    assert_eq!(split_json(b" {\"a\":1} ").unwrap(), ["{\"a\":1}"]);
    assert_eq!(split_json(b"[{\"a\":1}, {\"b\":2}]").unwrap().len(), 2);
    assert_eq!(split_lines(b"{\"a\":1}\n\n{\"b\":2}\r\n").unwrap().len(), 2);
}

#[test]
fn batch_size_is_checked_on_both_sides_of_the_limit() {
    let body = |count: usize| "{}\n".repeat(count);
    assert_eq!(split_lines(body(0).as_bytes()), Err(BatchError::Empty));
    assert_eq!(split_lines(body(BATCH_EVENTS_MAX).as_bytes()).unwrap().len(), BATCH_EVENTS_MAX);
    assert_eq!(split_lines(body(BATCH_EVENTS_MAX + 1).as_bytes()), Err(BatchError::TooMany));
    assert_eq!(split_json(b"[]"), Err(BatchError::Empty));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    assert_eq!(split_json(b"{\"user_id\":\"\xff\"}"), Err(BatchError::NotUtf8));
    assert_eq!(split_lines(b"\xc3\x28"), Err(BatchError::NotUtf8));
}

#[test]
fn a_misspelt_field_is_named_in_the_error() {
    let error = read(r#"{"user":"a"}"#).unwrap_err().to_string();
    assert!(error.contains("unknown field `user`"), "{error}");
}

#[test]
fn depth_is_counted_outside_of_strings() {
    assert_eq!(depth_of(r#"{"a":"[[[[","b":[1]}"#), 2);
    assert_eq!(depth_of(r#"{"a":"\"[["}"#), 1);
    let deep = format!("{{\"payload\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(read(&deep), Err(EventError::TooDeep { field: "event", depth_max: DEPTH_MAX }));
}

#[test]
fn numbers_keep_their_digits() {
    let draft = read(r#"{"amount":0.1,"custom":{"a":1},"payload":null}"#).unwrap();
    assert_eq!(draft.amount.as_deref(), Some("0.1"));
    assert_eq!(draft.custom.as_deref(), Some(r#"{"a":1}"#));
    assert_eq!(draft.payload, None);
    assert_eq!(read(r#"{"amount":"12.50"}"#).unwrap().amount.as_deref(), Some("12.50"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(text: String) {
        let outcome = read(&text);
        proptest::prop_assert!(outcome.is_ok() || outcome.is_err());
    }
}
