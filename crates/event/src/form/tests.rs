use super::*;

fn changes(body: &str) -> Vec<FieldChange> {
    read(body.as_bytes()).draft.field_history
}

#[test]
fn percent_encoded_brackets_build_a_list_of_changes() {
    let body = "fieldHistory%5B0%5D%5Bfield_id%5D=f1&fieldHistory%5B0%5D%5Bnew_value%5D=a+b";
    let found = changes(body);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].field_id.as_str(), found[0].new_value.as_str()), ("f1", "a b"));
}

#[test]
fn a_flat_change_and_a_json_list_are_read_alike() {
    let flat = changes("fieldHistory[field_id]=f&fieldHistory[new_value]=v");
    let json =
        changes("fieldHistory=%5B%7B%22field_id%22%3A%22f%22%2C%22new_value%22%3A%22v%22%7D%5D");
    assert_eq!(flat, json);
    assert_eq!(flat.len(), 1);
}

#[test]
fn a_search_payload_in_a_list_of_one_is_unwrapped() {
    let form = read(b"eventType=page_search&payload[0][field_id]=1&payload[0][value]=red+shoes");
    assert_eq!(form.draft.payload.as_deref(), Some(r#"{"field_id":"1","value":"red shoes"}"#));
    assert!(form.draft.corrections.is_empty());
}

#[test]
fn repeated_key_names_of_a_broken_tracker_cost_only_the_payload() {
    let form = read(b"eventType=page_search&url=/s&payload=field_id&payload=value");
    assert_eq!(form.draft.payload, None);
    assert_eq!(form.draft.url.as_deref(), Some("/s"));
    assert_eq!(form.draft.corrections.len(), 1);
}

#[test]
fn payloads_of_other_types_are_ignored_without_a_word() {
    let form = read(b"eventType=page_view&payload=x");
    assert_eq!(form.draft.payload, None);
    assert!(form.draft.corrections.is_empty());
}

#[test]
fn an_array_for_a_plain_field_becomes_its_json() {
    let form = read(b"userName[]=x");
    assert_eq!(form.draft.user_id.as_deref(), Some(r#"["x"]"#));
}

#[test]
fn fields_beyond_the_limit_are_dropped_and_noted() {
    let body = "x=1&".repeat(FORM_FIELDS_MAX + 1);
    let form = read(format!("{body}url=/late").as_bytes());
    assert_eq!(form.draft.url, None);
    assert_eq!(form.draft.corrections, [Correction { field: "form", action: Correction::CUT }]);
}

#[test]
fn key_in_the_body_and_the_verdict_flag_are_noticed() {
    let form = read(b"key=secret&blacklisting=Yes");
    assert_eq!(form.key.as_deref(), Some("secret"));
    assert!(form.wants_blacklisting);
}

#[test]
fn parts_are_read_like_url_encoded_fields() {
    let part = |(name, value): (&str, &str)| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields = [
        ("userName", "\u{e9}va"),
        ("ipAddress", "203.0.113.7"),
        ("fieldHistory[0][field_id]", "f1"),
        ("fieldHistory[0][new_value]", "a b"),
        ("key", "secret"),
    ];
    let body = fields.map(part).concat() + "--b--\r\n";
    let form = read_multipart("multipart/form-data; boundary=b", body.as_bytes()).unwrap();
    let encoded = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let same = read(encoded.as_bytes());
    assert_eq!(format!("{form:?}"), format!("{same:?}"));
    assert_eq!(form.draft.user_id.as_deref(), Some("\u{e9}va"));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(body: Vec<u8>) {
        let form = read(&body);
        proptest::prop_assert!(form.draft.field_history.len() <= FORM_FIELDS_MAX);
    }

    #[test]
    fn nested_keys_never_panic(body in "[a-z\\[\\]=&0-9%]{0,200}") {
        let form = read(body.as_bytes());
        proptest::prop_assert!(form.draft.field_history.len() <= FORM_FIELDS_MAX);
    }
}
