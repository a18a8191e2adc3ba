use super::*;

const NOW: Timestamp = Timestamp::from_micros(1_795_003_200_000_000);

fn lists(entries: &[(&str, Option<i64>)]) -> Lists {
    let entry = |(value, expires_in_s): &(&str, Option<i64>)| ListEntry {
        value: (*value).to_owned(),
        expires_at: expires_in_s.map(|seconds| NOW.plus_seconds(seconds)),
    };
    Lists::new([("mine".to_owned(), entries.iter().map(entry).collect())]).unwrap()
}

#[test]
fn case_is_ignored_on_both_sides() {
    let lists = lists(&[("SqlMap", None), ("Übung", None)]);
    assert!(lists.contains_any("mine", "a sqlMAP b", NOW));
    assert!(lists.has("mine", "ÜBUNG", NOW));
    assert!(!lists.has("mine", "a sqlmap", NOW));
    assert!(!lists.contains_any("other", "sqlmap", NOW));
}

#[test]
fn an_entry_counts_until_it_expires_and_another_inside_it_still_does() {
    let lists = lists(&[("abc", Some(10)), ("b", Some(20))]);
    assert!(lists.has("mine", "abc", NOW.plus_seconds(9)));
    assert!(!lists.has("mine", "abc", NOW.plus_seconds(10)));
    assert!(lists.contains_any("mine", "xabcx", NOW.plus_seconds(19)));
    assert!(!lists.contains_any("mine", "xabcx", NOW.plus_seconds(20)));
}

#[test]
fn limits_are_checked_and_named() {
    let entry = |value: &str| ListEntry { value: value.to_owned(), expires_at: None };
    let one = |entries: Vec<ListEntry>| Lists::new([("mine".to_owned(), entries)]).map(|_| ());
    assert_eq!(one(vec![entry(&"x".repeat(ENTRY_BYTES_MAX))]), Ok(()));
    for value in ["", &"x".repeat(ENTRY_BYTES_MAX + 1)] {
        let expected = ListsError::Length { list: "mine".to_owned(), value: value.to_owned() };
        assert_eq!(one(vec![entry(value)]), Err(expected));
    }
    let many = one(vec![entry("x"); ENTRIES_MAX + 1]).unwrap_err().to_string();
    assert_eq!(many, "list `mine` has 10001 entries, the limit is 10000");
    let lists = (0..=LISTS_MAX).map(|number| (number.to_string(), Vec::new()));
    assert_eq!(Lists::new(lists).err(), Some(ListsError::TooMany { found: LISTS_MAX + 1 }));
}

#[test]
fn ordinary_user_agents_hold_no_entry_of_the_built_in_list() {
    let lists = Lists::builtin();
    for ordinary in [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
        "curl/8.5.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "okhttp/4.12.0",
    ] {
        assert!(!lists.contains_any(Lists::USER_AGENT, ordinary, NOW), "{ordinary}");
    }
    for probe in
        ["sqlmap/1.8#stable (https://sqlmap.org)", "${jndi:ldap://x/a}", "() { :; }; /bin/bash"]
    {
        assert!(lists.contains_any(Lists::USER_AGENT, probe, NOW), "{probe}");
    }
    assert!(lists.has(Lists::ASN, "200373", NOW));
}
