use innerwall_event::Severity;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::{EntityKind, Tag, Tags};

const START_US: i64 = 1_795_003_200_000_000;

/// One event, so far as sums can tell.
#[derive(Clone, Debug)]
struct Seen {
    user_no: i64,
    thing: u8,
    minute: i64,
    severity: u8,
    is_vpn: bool,
    session: u32,
}

prop_compose! {
    fn seen()(
        user_no in 1..4_i64, thing in 0..5_u8, minute in 0..300_i64, severity in 0..3_u8,
        is_vpn in any::<bool>(), session in 1..3_u32,
    ) -> Seen {
        Seen { user_no, thing, minute, severity, is_vpn, session }
    }
}

impl Seen {
    fn changes(&self) -> Changes {
        let time = Timestamp::from_micros(START_US + self.minute * MINUTE_US);
        let severity = [Severity::Normal, Severity::Editing, Severity::Alert];
        let counts = HourCounts::one(severity[usize::from(self.severity)]);
        let tags = if self.is_vpn { Tags::default().with(Tag::Vpn) } else { Tags::default() };
        let key = format!("198.51.100.{}", self.thing);
        let entity = EntitySum {
            nature: Nature { label: None, parent: Some(7), country: 0, tags },
            first_seen: time,
            last_seen: time,
            hours: BTreeMap::from([((hour_of(time), tags.are_remarkable()), counts)]),
            links: BTreeMap::from([(
                self.user_no,
                LinkSum { events: 1, first_seen: time, last_seen: time },
            )]),
            key,
        };
        let ip = [198, 51, 100, self.thing].into();
        let session = SessionSum {
            start: SessionStart { at: time, ip, country: 0, device: u64::from(self.severity) },
            ended_at: time,
            events: 1,
            alerts: counts.alert,
            login_failures: 0,
            addresses: Members::of([u32::from(self.thing)]),
            devices: Members::of([u32::from(self.severity)]),
        };
        let id = EntityId::of(EntityKind::Address, &entity.key);
        let edit = FieldEdit {
            field: 5,
            user_no: self.user_no,
            old_value: None,
            new_value: "x".to_owned(),
            parent_id: None,
            parent_name: None,
        };
        let event_id = Uuid::from_u64_pair(self.minute.unsigned_abs(), self.thing.into());
        Changes {
            entities: BTreeMap::from([(id, entity)]),
            active_users: BTreeSet::from([(hour_of(time), self.user_no)]),
            fresh_users: BTreeMap::from([(hour_of(time), 1)]),
            sessions: BTreeMap::from([((self.user_no, self.session), session)]),
            fields: BTreeMap::from([(FieldPlace { time, event_id, place: 0 }, edit)]),
            minutes: BTreeMap::from([((minute_of(time), i16::from(self.severity)), 1)]),
        }
    }
}

fn sum(parts: impl IntoIterator<Item = Changes>) -> Changes {
    let mut sum = Changes::default();
    for part in parts {
        sum.merge(part);
    }
    sum
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn sums_know_no_order_and_no_grouping(
        (events, shuffled) in vec(seen(), 1..40).prop_flat_map(|events| {
            (Just(events.clone()), Just(events).prop_shuffle())
        }),
        size in 1..10_usize,
    ) {
        // Two changes at one place of one event cannot be: the first of them stays.
        let one_by_one = |events: &[Seen]| sum(events.iter().map(|seen| {
            let mut changes = seen.changes();
            for edit in changes.fields.values_mut() {
                edit.user_no = 1;
            }
            changes
        }));
        let whole = one_by_one(&events);
        let groups = shuffled.chunks(size).map(|group| {
            Changes::from_bytes(&one_by_one(group).to_bytes()).unwrap()
        });
        prop_assert_eq!(sum(groups), whole);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in vec(any::<u8>(), 0..300)) {
        Changes::from_bytes(&bytes).ok();
    }
}

#[test]
fn what_is_known_of_a_thing_is_as_of_its_newest_event() {
    let at = |minute, is_vpn| {
        Seen { user_no: 1, thing: 0, minute, severity: 0, is_vpn, session: 1 }.changes()
    };
    for parts in [[at(5, true), at(9, false)], [at(9, false), at(5, true)]] {
        let sum = sum(parts);
        let known = sum.entities.values().next().unwrap();
        assert_eq!(known.nature.tags, Tags::default());
        assert_eq!(known.last_seen.seconds_since(known.first_seen), 240);
        assert_eq!((known.links[&1].events, known.total().events()), (2, 2));
        assert_eq!(known.hours.len(), 2, "it was remarkable in one of the counts of the hour");
    }
}

#[test]
fn a_session_tells_so_many_members_apart_and_no_more() {
    let members = |count: usize| Members::of((0..u32::try_from(count).unwrap()).rev());
    assert_eq!(members(MEMBERS_MAX - 1).len(), MEMBERS_MAX - 1);
    assert_eq!(members(MEMBERS_MAX).len(), MEMBERS_MAX);
    assert_eq!(members(MEMBERS_MAX + 1).len(), MEMBERS_MAX);
}

#[test]
fn what_is_about_a_user_can_be_dropped_and_what_others_share_stays() {
    let seen = |user_no, thing| {
        Seen { user_no, thing, minute: 1, severity: 0, is_vpn: false, session: 1 }.changes()
    };
    let mut changes = sum([seen(1, 0), seen(2, 0), seen(1, 1)]);
    assert_eq!(changes.user_numbers(), [1, 2].into());
    changes.forget(&[1].into());
    assert_eq!(changes.user_numbers(), [2].into());
    let linked = changes.entities.values().filter(|sum| !sum.links.is_empty()).count();
    assert_eq!(linked, 1, "the thing that both touched");
    assert!(changes.entities.iter().all(|(id, sum)| !id.kind.is_own() || !sum.links.is_empty()));
}
