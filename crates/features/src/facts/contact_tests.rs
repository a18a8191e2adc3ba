use crate::story::{Story, in_country};
use crate::{
    AddressFacts, AddressFlag, EmailFacts, EmailFlag, Fact, Flags, PhoneFacts, PhoneKind,
    SharedFacts, SharedFlag, Value,
};

#[test]
fn what_is_known_of_an_email_address_stays_until_another_one_is_sent() {
    let mut story = Story::new();
    let flags = Flags::default().with(EmailFlag::Free as u8, true);
    let blocked = Flags::default().with(SharedFlag::EmailBlocked as u8, true);
    story.around.email = Some(EmailFacts { flags, domain_rank: 12 });
    story.around.shared = SharedFacts { flags: blocked, ..SharedFacts::default() };
    story.then(0, |draft| draft.email = Some("Test.99@me.com".into()));
    (story.around.email, story.around.shared) = (None, SharedFacts::default());
    story.then(1, |_| {});
    assert_eq!(story.text(Fact::EmailAddress).as_deref(), Some("test.99@me.com"));
    assert_eq!(story.text(Fact::EmailDomain).as_deref(), Some("me.com"));
    assert_eq!(story.number(Fact::EmailLocalLength), Some(7));
    for fact in [
        Fact::EmailIsValid,
        Fact::EmailIsFree,
        Fact::EmailIsBlocked,
        Fact::EmailIsApple,
        Fact::EmailHasSuspiciousWord,
        Fact::EmailLocalHasAdjacentDigits,
    ] {
        assert_eq!(story.is(fact), Some(true), "{fact:?}");
    }
    assert_eq!(story.number(Fact::EmailDomainRank), Some(12));
    story.then(1, |draft| draft.email = Some("anna@contest.org".into()));
    assert_eq!(story.is(Fact::EmailHasSuspiciousWord), Some(false));
    assert_eq!(story.is(Fact::EmailIsFree), None);
    assert_eq!(story.is(Fact::EmailIsBlocked), None);
    assert_eq!(story.number(Fact::UserEmailCount), Some(2));
    story.then(1, |draft| draft.email = Some("unknown@localhost".into()));
    assert_eq!(story.is(Fact::EmailIsValid), Some(false));
    assert_eq!(story.is(Fact::EmailLocalHasDigit), None);
    assert_eq!(story.number(Fact::UserEmailCount), Some(2));
}

#[test]
fn a_phone_number_is_known_by_its_newest_answers() {
    let mut story = Story::new();
    story.then(0, |_| {});
    assert_eq!(story.is(Fact::PhoneIsValid), None);
    let country = in_country("GB").country;
    let kind = PhoneKind::TollFree.into();
    story.around.phone = Some(PhoneFacts { is_valid: Some(true), country, kind });
    story.around.shared.phone_users = 3;
    story.then(1, |draft| draft.phone = Some("+448001111111".into()));
    assert_eq!(story.is(Fact::PhoneIsValid), Some(true));
    assert_eq!(story.text(Fact::PhoneCountry).as_deref(), Some("GB"));
    assert_eq!(story.text(Fact::PhoneKind).as_deref(), Some("toll_free"));
    assert_eq!(story.number(Fact::PhoneUserCount), Some(3));
    assert_eq!(story.is(Fact::PhoneIsBlocked), None);
    assert_eq!(story.number(Fact::UserPhoneNumberCount), Some(1));
}

#[test]
fn a_refused_event_teaches_nothing_of_the_contact_it_names() {
    let mut story = Story::new();
    story.around.email = Some(EmailFacts::default());
    story.around.shared.flags = Flags::default().with(SharedFlag::EmailBlocked as u8, true);
    story.then(0, |draft| {
        draft.email = Some("eve@example.org".into());
        draft.http_code = Some("401".into());
    });
    assert_eq!(story.text(Fact::EmailAddress), None);
    assert_eq!(story.is(Fact::EmailIsBlocked), None);
}

#[test]
fn the_account_of_visitors_not_signed_in_is_nobody() {
    let mut story = Story::new();
    story.around.address = AddressFacts {
        flags: Flags::default().with(AddressFlag::Tor as u8, true),
        ..in_country("DE")
    };
    let folded = story.then(0, |draft| {
        draft.user_id = Some("N/A".into());
        draft.email = Some("anna@example.org".into());
        draft.session_id = Some("one".into());
        draft.http_code = Some("200".into());
    });
    assert_eq!(folded.novelty, crate::Novelty::default());
    let known = [Fact::UserId, Fact::UserIsAnonymous, Fact::UserEventCount];
    for def in crate::SCHEMA {
        let is_personal = def.name.starts_with("user.")
            || def.name.starts_with("session.")
            || def.name.contains("_new_");
        let is_unknown = *story.facts.get(def.fact) == Value::Unknown;
        assert!(!is_personal || is_unknown || known.contains(&def.fact), "{}", def.name);
    }
    assert_eq!(story.is(Fact::RecentSuccess), Some(true));
    assert_eq!(story.is(Fact::AddressIsTor), Some(true));
    assert_eq!(story.text(Fact::EmailDomain).as_deref(), Some("example.org"));
    assert_eq!(story.state.email, None);
}
