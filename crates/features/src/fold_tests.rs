use innerwall_event::EventKind;
use proptest::prelude::*;

use crate::story::{Story, in_country};
use crate::{AddressFacts, Fact, State};

#[test]
fn a_session_ends_after_half_an_hour_and_not_at_it() {
    let mut story = Story::new();
    assert_eq!(story.then(0, |_| {}).session, 1);
    assert_eq!(story.then(1800, |_| {}).session, 1);
    assert_eq!(story.then(1801, |_| {}).session, 2);
}

#[test]
fn a_stream_without_gaps_is_cut_after_four_hours() {
    let mut story = Story::new();
    let sessions: Vec<u32> =
        (0..12).map(|n| story.then(1500.min(n * 1500), |_| {}).session).collect();
    // Events every 25 minutes: 11 events span 250 minutes, the twelfth starts anew.
    assert_eq!(sessions[10], 1);
    assert_eq!(sessions[11], 2);
}

#[test]
fn failed_logins_count_whatever_the_http_code() {
    let mut story = Story::new();
    for _ in 0..7 {
        story.kind(60, "account_login_fail", "401");
    }
    assert_eq!(story.number(Fact::RecentFailedLoginBurst), Some(0));
    story.kind(60, "account_login_fail", "401");
    assert_eq!(story.number(Fact::RecentFailedLoginBurst), Some(8));
    assert_eq!(story.is(Fact::RecentFailedLoginOnNewDevice), Some(true));
    for _ in 0..25 {
        story.kind(60, "page_view", "200");
    }
    assert_eq!(story.number(Fact::RecentFailedLoginBurst), Some(0));
}

#[test]
fn a_device_is_new_for_three_hours() {
    let mut story = Story::new();
    story.kind(0, "account_login_fail", "401");
    assert_eq!(story.is(Fact::RecentFailedLoginOnNewDevice), Some(true));
    for _ in 0..25 {
        story.kind(10_800, "page_view", "200");
    }
    story.kind(1, "account_login_fail", "401");
    assert_eq!(story.is(Fact::RecentFailedLoginOnNewDevice), Some(false));
}

#[test]
fn a_refused_password_change_is_an_attempt_and_no_change() {
    let mut story = Story::new();
    story.kind(0, "account_password_change", "403");
    assert_eq!(story.is(Fact::RecentPasswordChanged), Some(false));
    story.kind(1, "account_password_change", "200");
    assert_eq!(story.is(Fact::RecentPasswordChanged), Some(true));
    assert_eq!(story.is(Fact::RecentPasswordChangedOnNewDevice), Some(false));
    story.around.device.id = 2;
    story.kind(1, "account_password_change", "200");
    assert_eq!(story.is(Fact::RecentPasswordChangedOnNewDevice), Some(true));
}

#[test]
fn dormancy_is_the_gap_before_the_current_session() {
    let mut story = Story::new();
    story.then(0, |_| {});
    assert_eq!(story.number(Fact::UserDormantDays), None);
    story.then(200 * 86_400, |_| {});
    assert_eq!(story.number(Fact::UserDormantDays), Some(200));
    story.then(60, |_| {});
    assert_eq!(story.number(Fact::UserDormantDays), Some(200));
    story.then(86_400, |_| {});
    assert_eq!(story.number(Fact::UserDormantDays), Some(1));
}

#[test]
fn night_is_local_includes_its_edges_and_is_forgotten_after_a_month() {
    for (offset_s, after_s, expected) in [
        (0, 0, false),
        (12 * 3600, 0, true),
        (-7 * 3600, 0, true),
        (-7 * 3600, 1, false),
        (12 * 3600 - 1, 0, false),
    ] {
        let mut story = Story::new();
        story.around.utc_offset_s = offset_s;
        story.then(after_s, |_| {});
        assert_eq!(story.is(Fact::UserNightSession), Some(expected), "{offset_s} {after_s}");
    }
    let mut story = Story::new();
    story.around.utc_offset_s = 12 * 3600;
    story.then(0, |_| {});
    story.around.utc_offset_s = 0;
    story.then(30 * 86_400, |_| {});
    assert_eq!(story.is(Fact::UserNightSession), Some(true));
    story.then(1, |_| {});
    assert_eq!(story.is(Fact::UserNightSession), Some(false));
}

#[test]
fn countries_are_unknown_until_one_is_known() {
    let mut story = Story::new();
    story.around.address = AddressFacts::default();
    story.then(0, |_| {});
    assert_eq!(story.number(Fact::UserCountryCount), None);
    assert_eq!(story.is(Fact::UserMultiCountrySession), None);
    story.around.address = in_country("fr");
    story.then(1, |_| {});
    assert_eq!(story.is(Fact::UserMultiCountrySession), Some(false));
    story.around.address = in_country("JP");
    story.then(1, |draft| draft.ip = Some("203.0.113.9".into()));
    assert_eq!(story.number(Fact::UserCountryCount), Some(2));
    assert_eq!(story.is(Fact::UserMultiCountrySession), Some(true));
}

#[test]
fn a_new_language_needs_another_device_to_differ_from() {
    let mut story = Story::new();
    story.then(0, |_| {});
    assert_eq!(story.is(Fact::RecentNewDeviceLanguage), Some(false));
    story.around.device.id = 2;
    story.then(2 * 86_400, |draft| draft.language = Some("de-DE,de;q=0.9".into()));
    assert_eq!(story.is(Fact::RecentNewDeviceLanguage), Some(true));
}

#[test]
fn names_are_judged_only_when_known() {
    let mut story = Story::new();
    story.then(0, |_| {});
    assert_eq!(story.is(Fact::UserNameHasDigit), None);
    story.then(1, |draft| draft.first_name = Some("Jo3".into()));
    assert_eq!(story.is(Fact::UserNameHasDigit), Some(true));
    assert_eq!(story.is(Fact::UserNameHasSeparator), Some(false));
    story.then(1, |draft| draft.last_name = Some("Ng-Li".into()));
    assert_eq!(story.is(Fact::UserNameHasSeparator), Some(true));
}

#[test]
fn custom_types_leave_no_trace_of_a_named_one() {
    let mut story = Story::new();
    story.kind(0, "purchase", "200");
    assert_eq!(
        story.state.recent.to_entries()[0].kind,
        u32::try_from(EventKind::CUSTOM_NUMBER).unwrap()
    );
}

proptest! {
    #[test]
    fn state_survives_storage_at_every_step(gaps in prop::collection::vec(0_i64..200_000, 1..60), devices in 1_u64..40) {
        let mut live = Story::new();
        let mut stored = Story::new();
        for (step, gap) in gaps.into_iter().enumerate() {
            let device = step as u64 % devices;
            live.around.device.id = device;
            stored.around.device.id = device;
            stored.state = State::from_bytes(&stored.state.to_bytes()).unwrap();
            let expected = live.then(gap, |_| {});
            let found = stored.then(gap, |_| {});
            prop_assert_eq!(&expected.facts, &found.facts);
            prop_assert_eq!(expected.session, found.session);
        }
        prop_assert_eq!(live.state.to_bytes(), stored.state.to_bytes());
        prop_assert!(live.state.to_bytes().len() < 2048);
    }

    #[test]
    fn late_events_never_move_time_backwards(offsets in prop::collection::vec(-100_000_i64..100_000, 1..40)) {
        let mut story = Story::new();
        let mut newest = i64::MIN;
        for offset in offsets {
            story.then(offset, |_| {});
            newest = newest.max(story.now.as_micros());
            prop_assert_eq!(story.state.last_seen_us, newest);
            let recent = story.state.recent.to_entries();
            prop_assert!(recent.is_sorted_by_key(|event| event.time_ms));
            prop_assert!(recent.len() <= 25);
        }
    }
}
