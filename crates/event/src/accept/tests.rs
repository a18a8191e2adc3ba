use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::UserId;

const NOON_US: i64 = 1_795_000_000_000_000;

fn receipt() -> Receipt {
    Receipt {
        tenant: TenantId(1),
        at: Timestamp::from_micros(NOON_US),
        fresh_id: Uuid::from_u128(7),
    }
}

fn draft() -> Draft<'static> {
    Draft {
        user_id: Some("alice".into()),
        ip: Some("192.0.2.1".into()),
        url: Some("/".into()),
        event_time: Some("2026-11-18 11:06:40".into()),
        ..Draft::default()
    }
}

fn strict(draft: Draft<'_>) -> Result<Event, EventError> {
    let event_time = draft.event_time.map(|_| Cow::Borrowed("2026-11-18T11:06:40Z"));
    accept(Draft { event_time, ..draft }, receipt(), Strictness::Refuse)
}

fn repaired(draft: Draft<'_>) -> Event {
    accept(draft, receipt(), Strictness::Repair).unwrap()
}

#[test]
fn text_limits_hold_on_both_sides_in_both_modes() {
    let with_title =
        |length: usize| Draft { page_title: Some("é".repeat(length).into()), ..draft() };
    assert_eq!(strict(with_title(127)).unwrap().page_title.unwrap().len(), 254);
    assert_eq!(
        strict(with_title(128)),
        Err(EventError::TooLong { field: "page_title", found: 256, bytes_max: 255 })
    );
    let event = repaired(with_title(128));
    assert_eq!(event.page_title.unwrap(), "é".repeat(127));
    assert_eq!(event.corrections, ["page_title: cut to the limit"]);
}

#[test]
fn address_and_url_are_what_a_tracker_cannot_do_without() {
    let no_ip = Draft { ip: None, ..draft() };
    let no_url = Draft { url: None, ..draft() };
    let missing = |draft| accept(draft, receipt(), Strictness::Repair).unwrap_err();
    assert_eq!(missing(no_ip), EventError::Missing { field: "ip" });
    assert_eq!(missing(no_url.clone()), EventError::Missing { field: "url" });
    assert_eq!(strict(no_url).unwrap().url, None);
    let event = repaired(Draft { ip: Some("".into()), ..draft() });
    assert_eq!(event.ip.to_string(), "0.0.0.0");
    assert_eq!(event.corrections, ["ip: invalid, replaced"]);
}

#[test]
fn a_user_is_known_by_id_then_by_mail_then_not_at_all() {
    let nameless = Draft { user_id: Some("".into()), ..draft() };
    assert_eq!(repaired(nameless.clone()).user_id, UserId("N/A".into()));
    assert_eq!(strict(nameless), Err(EventError::Missing { field: "user_id" }));
    let by_mail = Draft { user_id: None, email: Some("A lice@Example.org".into()), ..draft() };
    let event = repaired(by_mail);
    assert_eq!(event.email.as_deref(), Some("alice@example.org"));
    assert_eq!(event.user_id.0, "fbf7c6aec1d4280b7c2704c1c0478bd6");
}

#[test]
fn a_malformed_mail_is_replaced_or_refused() {
    for text in ["not-an-email", "a@b", "@x.org", "a b@", "a@-x.org"] {
        let sent = Draft { email: Some(text.into()), ..draft() };
        assert_eq!(repaired(sent.clone()).email.as_deref(), Some("broken@user.local"), "{text}");
        assert_eq!(strict(sent).unwrap_err().field(), Some("email"), "{text}");
    }
    for text in ["h.yy--z@example.org", "unknown@localhost", "ünï@exämple.org"] {
        let sent = Draft { email: Some(text.into()), ..draft() };
        assert_eq!(strict(sent).unwrap().email.as_deref(), Some(text));
    }
}

#[test]
fn a_declared_type_survives_an_error_code_and_a_page_view_does_not() {
    let with = |kind: &'static str, code: &'static str| {
        let sent = Draft { event_type: Some(kind.into()), http_code: Some(code.into()), ..draft() };
        repaired(sent).kind
    };
    assert_eq!(with("account_login_fail", "401"), EventKind::AccountLoginFail);
    assert_eq!(with("page_view", "404"), EventKind::PageError);
    assert_eq!(with("", "500"), EventKind::PageError);
    assert_eq!(with("page_view", "399"), EventKind::PageView);
}

#[test]
fn event_time_is_bounded_on_both_sides() {
    let at = |offset_us: i64| {
        let time = Timestamp::from_micros(NOON_US + offset_us).to_rfc3339();
        accept(Draft { event_time: Some(time.into()), ..draft() }, receipt(), Strictness::Refuse)
    };
    assert!(at(limits::AHEAD_US_MAX).is_ok());
    assert!(at(limits::AHEAD_US_MAX + 1).is_err());
    assert!(at(-limits::AGE_US_MAX).is_ok());
    assert!(at(-limits::AGE_US_MAX - 1).is_err());
    let late = Draft { event_time: Some("2999-01-01 00:00:00".into()), ..draft() };
    let event = repaired(late);
    assert_eq!(event.time, event.received_at);
    assert_eq!(event.corrections.len(), 1);
}

#[test]
fn huge_codes_nul_and_unknown_words_are_repaired() {
    let event = repaired(Draft {
        http_code: Some("99999".into()),
        first_name: Some("A\0da".into()),
        http_method: Some("page%".into()),
        event_type: Some("what is this".into()),
        ..draft()
    });
    assert_eq!(event.http_code, None);
    assert_eq!(event.first_name.as_deref(), Some("Ada"));
    assert_eq!(event.http_method, None);
    assert_eq!(event.kind, EventKind::PageView);
    assert_eq!(event.corrections.len(), 3);
}

#[test]
fn amounts_are_read_without_floats() {
    let amount = |text: &'static str| {
        strict(Draft { amount: Some(text.into()), ..draft() }).map(|event| event.amount_micros)
    };
    assert_eq!(amount("12.5"), Ok(Some(12_500_000)));
    assert_eq!(amount("-0.000001"), Ok(Some(-1)));
    assert!(amount("1e3").is_err());
    assert!(amount("1.0000001").is_err());
}

#[test]
fn the_digest_ignores_what_the_gateway_adds() {
    let later = Receipt { at: Timestamp::from_micros(NOON_US + 1), ..receipt() };
    let untimed = Draft { event_time: None, event_id: Some("order-1".into()), ..draft() };
    let first = accept(untimed.clone(), receipt(), Strictness::Refuse).unwrap();
    let again = accept(untimed, later, Strictness::Refuse).unwrap();
    assert_eq!((first.id, first.digest), (again.id, again.digest));
    assert_ne!(first.time, again.time);
}

proptest! {
    #[test]
    fn repair_always_gives_an_event_within_its_limits(
        user_id: Option<String>, email: Option<String>, url: String, code: Option<String>,
        agent: Option<String>, time: Option<String>, title in ".{0,400}",
    ) {
        let cow = |text: Option<String>| text.map(Cow::Owned);
        let event = repaired(Draft {
            user_id: cow(user_id), email: cow(email), url: Some(url.into()),
            http_code: cow(code), user_agent: cow(agent), event_time: cow(time),
            page_title: Some(title.into()), ip: Some("x".into()), ..Draft::default()
        });
        prop_assert!(event.user_id.0.len() <= limits::USER_ID.bytes_max);
        prop_assert!(event.page_title.unwrap_or_default().len() <= limits::PAGE_TITLE.bytes_max);
        prop_assert!(!event.url.unwrap_or_default().contains('\0'));
    }
}
