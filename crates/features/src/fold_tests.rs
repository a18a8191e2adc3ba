use innerwall_event::{Draft, EventKind};
use proptest::prelude::*;

use crate::story::{Story, in_country};
use crate::{
    AddressFacts, DeviceFacts, DeviceKind, EmailFacts, Fact, Flags, PhoneFacts, Place, SharedFacts,
    State,
};

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

/// Everything that can be known about the event at one step, different at every step.
fn at_its_fullest(story: &mut Story, step: u32) {
    let flags =
        (0..16).fold(Flags::default(), |flags, bit| flags.with(bit, step.is_multiple_of(2)));
    let place = Some(Place { latitude: -8999, longitude: -17_999, radius_km: 9_999 });
    let country = 16_705 + step % 26;
    story.around.address = AddressFacts { country, asn: u32::MAX - step, flags, place };
    story.around.device = DeviceFacts {
        id: u64::from(step),
        kind: DeviceKind::Desktop.into(),
        flags,
        system: format!("system {step}"),
        ..DeviceFacts::default()
    };
    story.around.email = Some(EmailFacts { flags, domain_rank: u32::MAX });
    story.around.phone = Some(PhoneFacts { is_valid: Some(true), country, kind: 1 });
    story.around.shared = SharedFacts { address_users: 1_000, phone_users: 1_000, flags };
}

fn in_longest_words(draft: &mut Draft<'static>, step: u32) {
    let long = |length: usize| Some(format!("{step:0>length$}").into());
    draft.ip = Some(std::net::Ipv6Addr::from_bits(u128::from(step) << 64).to_string().into());
    draft.email =
        Some(format!("{step}@{}.{}.{}.org", "a".repeat(60), "b".repeat(60), "c".repeat(60)).into());
    (draft.first_name, draft.last_name, draft.full_name) = (long(100), long(100), long(100));
    (draft.phone, draft.session_id) = (long(19), long(128));
    draft.language =
        Some(format!("longlan{}", char::from(b'a' + u8::try_from(step % 26).unwrap())).into());
    (draft.user_agent, draft.http_code) = (long(100), Some("200".into()));
    draft.user_created = Some("2020-01-01T00:00:00Z".into());
}

#[test]
fn the_fullest_state_stays_within_its_room() {
    let mut story = Story::new();
    for step in 0..200 {
        at_its_fullest(&mut story, step);
        story.then(40_000 * i64::from(step % 3), |draft| in_longest_words(draft, step));
    }
    let bytes = story.state.to_bytes().len();
    assert!((3_000..4_096).contains(&bytes), "{bytes}");
}

#[test]
fn an_ordinary_user_takes_little_room() {
    let mut story = Story::new();
    at_its_fullest(&mut story, 1);
    story.around.device.id = 1;
    (story.around.phone, story.around.shared) = (None, SharedFacts::default());
    for number in 0..40 {
        story.then(60 + number * 7, |draft| {
            draft.ip = Some(format!("81.2.69.{}", 1 + number % 3).into());
            draft.email = Some("alice.example@example.org".into());
            draft.first_name = Some("Alice".into());
            draft.last_name = Some("Example".into());
            draft.http_code = Some(if number % 9 == 0 { "404" } else { "200" }.into());
        });
    }
    let bytes = story.state.to_bytes().len();
    assert!((400..520).contains(&bytes), "{bytes}");
}

proptest! {
    #[test]
    fn state_survives_storage_at_every_step(gaps in prop::collection::vec(0_i64..200_000, 1..60), variety in 1_u32..40) {
        let mut live = Story::new();
        let mut stored = Story::new();
        for (step, gap) in gaps.into_iter().enumerate() {
            let step = u32::try_from(step).unwrap() % variety;
            at_its_fullest(&mut live, step);
            at_its_fullest(&mut stored, step);
            stored.state = State::from_bytes(&stored.state.to_bytes()).unwrap();
            let expected = live.then(gap, |draft| in_longest_words(draft, step));
            let found = stored.then(gap, |draft| in_longest_words(draft, step));
            prop_assert_eq!(&expected.facts, &found.facts);
            prop_assert_eq!(expected.session, found.session);
            prop_assert_eq!(expected.novelty, found.novelty);
        }
        prop_assert_eq!(live.state.to_bytes(), stored.state.to_bytes());
        prop_assert!(live.state.to_bytes().len() < 4096);
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

    #[test]
    fn contact_details_that_change_nothing_may_be_left_out(sent in prop::collection::vec((0_u32..3, any::<bool>()), 1..40)) {
        let mut live = Story::new();
        let mut replayed = Story::new();
        for (step, has_failed) in sent {
            let code = if has_failed { "403" } else { "200" };
            at_its_fullest(&mut live, step);
            at_its_fullest(&mut replayed, step);
            let expected = live.then(60, |draft| {
                in_longest_words(draft, step);
                draft.http_code = Some(code.into());
            });
            let known = replayed.state.email.clone();
            let found = replayed.then(60, |draft| {
                in_longest_words(draft, step);
                draft.http_code = Some(code.into());
                if has_failed || draft.email.as_deref() == known.as_deref() {
                    (draft.email, draft.phone) = (None, None);
                    (draft.first_name, draft.last_name, draft.full_name) = (None, None, None);
                }
            });
            prop_assert_eq!(expected.facts, found.facts);
        }
        prop_assert_eq!(live.state, replayed.state);
    }
}
