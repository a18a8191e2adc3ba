use proptest::prelude::*;

use super::*;

/// Ten buckets of six seconds.
const SPAN: Span = Span { bucket_us: 6_000_000 };
const OVER_US: i64 = 60_000_000;

type Sighting = (i64, i64, u8);

fn hash(member: u8) -> u64 {
    innerwall_event::stable_hash64(&[&[member]])
}

fn cell_of(sightings: &[Sighting]) -> Cell {
    let mut cell = Cell::default();
    for (time_us, amount, member) in sightings {
        let time = Timestamp::from_micros(*time_us);
        cell.add(SPAN, time, *amount);
        cell.add_member(SPAN, time, hash(*member));
    }
    cell
}

/// Sightings within so long before `now_us`.
fn within(sightings: &[Sighting], now_us: i64, over_us: i64) -> Vec<Sighting> {
    sightings.iter().filter(|(time_us, ..)| now_us - time_us <= over_us).copied().collect()
}

fn distinct(sightings: &[Sighting]) -> usize {
    sightings.iter().map(|(_, _, member)| member).collect::<std::collections::BTreeSet<_>>().len()
}

fn sightings() -> impl Strategy<Value = Vec<Sighting>> {
    prop::collection::vec((0_i64..200_000_000, 0_i64..100, 0_u8..40), 1..80)
}

proptest! {
    #[test]
    fn a_window_never_counts_too_little_and_at_most_a_bucket_too_much(seen in sightings(), after in 0_i64..100_000_000) {
        let now_us = seen.iter().map(|(time_us, ..)| *time_us).max().unwrap() + after;
        let (cell, now) = (cell_of(&seen), Timestamp::from_micros(now_us));
        let least = within(&seen, now_us, OVER_US);
        let most = within(&seen, now_us, OVER_US + SPAN.bucket_us);
        let sum = |sightings: &[Sighting]| sightings.iter().map(|(_, amount, _)| amount).sum::<i64>();
        prop_assert!((least.len()..=most.len()).contains(&usize::try_from(cell.count(SPAN, now)).unwrap()));
        prop_assert!((sum(&least)..=sum(&most)).contains(&cell.sum(SPAN, now)));
        prop_assert!((distinct(&least)..=distinct(&most)).contains(&cell.distinct(SPAN, now, 64)));
        prop_assert!(cell.distinct(SPAN, now, 3) <= 3);
    }

    #[test]
    fn first_and_last_are_within_a_bucket_of_the_truth(seen in sightings(), after in 0_i64..60_000_000) {
        let last_us = seen.iter().map(|(time_us, ..)| *time_us).max().unwrap();
        let now_us = last_us + after;
        let (cell, now) = (cell_of(&seen), Timestamp::from_micros(now_us));
        prop_assert_eq!(cell.last(SPAN, now), Some(Timestamp::from_micros(last_us)));
        let first_us = cell.first(SPAN, now).unwrap().as_micros();
        let truth_us = within(&seen, now_us, OVER_US).iter().map(|(time_us, ..)| *time_us).min().unwrap();
        prop_assert!(first_us <= truth_us);
        prop_assert!(now_us - first_us < OVER_US + SPAN.bucket_us);
    }

    #[test]
    fn the_order_of_events_does_not_matter(seen in sightings(), seed in any::<prop::sample::Index>()) {
        let mut other = seen.clone();
        other.rotate_left(seed.index(seen.len()));
        other.reverse();
        let (one, other) = (cell_of(&seen), cell_of(&other));
        let members = |cell: &Cell| {
            let pairs = cell.members.iter().copied().zip(cell.ages.iter().copied());
            pairs.collect::<std::collections::BTreeSet<_>>()
        };
        prop_assert_eq!(members(&one), members(&other));
        let bare = |cell: Cell| Cell { members: Vec::new(), ages: Vec::new(), ..cell };
        prop_assert_eq!(bare(one), bare(other));
    }

    #[test]
    fn a_cell_survives_storage_and_stays_small(seen in sightings()) {
        let cell = cell_of(&seen);
        let bytes = cell.encode_to_vec();
        prop_assert!(bytes.len() < 512, "{}", bytes.len());
        prop_assert_eq!(Cell::decode(bytes.as_slice()).unwrap(), cell);
    }
}

#[test]
fn members_beyond_the_limit_push_out_those_seen_longest_ago() {
    let mut cell = Cell::default();
    let at = |bucket: i64| Timestamp::from_micros(bucket * SPAN.bucket_us);
    for number in 0..100_u8 {
        cell.add_member(SPAN, at(i64::from(number / 20)), hash(number));
    }
    assert_eq!(cell.distinct(SPAN, at(4), usize::MAX), MEMBERS_MAX);
    assert_eq!(cell.distinct(SPAN, at(13), usize::MAX), 40);
    assert_eq!(cell.distinct(SPAN, at(14), usize::MAX), 20);
    assert_eq!(cell.distinct(SPAN, at(15), usize::MAX), 0);
}

#[test]
fn an_empty_window_says_so() {
    let (cell, now) = (Cell::default(), Timestamp::from_micros(1));
    assert_eq!((cell.count(SPAN, now), cell.sum(SPAN, now)), (0, 0));
    assert_eq!((cell.first(SPAN, now), cell.last(SPAN, now)), (None, None));
}
