//! How a range of time is added up from quarters of an hour and, at its ends, from what they were
//! counted from.

use innerwall_event::Timestamp;

use crate::time::PgTime;

const QUARTER_US: i64 = 15 * 60 * 1_000_000;
const DAY_US: i64 = 24 * 60 * 60 * 1_000_000;

/// Where the whole quarters of a range begin and end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quarters {
    pub(super) from: PgTime,
    pub(super) to: PgTime,
}

impl Quarters {
    /// Those of a range.
    pub(super) fn of(from: Timestamp, to: Timestamp) -> Self {
        whole(QUARTER_US, from, to).map_or(Self::none(from), |[from, to]| Self { from, to })
    }

    /// Those of a range that is cut at some times: none where a cut goes through one.
    pub(super) fn cut(from: Timestamp, to: Timestamp, cuts: &[Timestamp]) -> Self {
        let is_whole = |cut: &Timestamp| cut.as_micros().rem_euclid(QUARTER_US) == 0;
        if cuts.iter().all(is_whole) { Self::of(from, to) } else { Self::none(from) }
    }

    const fn none(from: Timestamp) -> Self {
        Self { from: PgTime(from), to: PgTime(from) }
    }
}

/// Where the whole days (UTC) among whole quarters begin and end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub(super) from: PgTime,
    pub(super) to: PgTime,
}

impl Days {
    pub(super) fn of(quarters: Quarters) -> Self {
        let Quarters { from, to } = quarters;
        let none = Self { from, to: from };
        whole(DAY_US, from.0, to.0).map_or(none, |[from, to]| Self { from, to })
    }
}

/// The whole parts of a length within a range.
fn whole(length_us: i64, from: Timestamp, to: Timestamp) -> Option<[PgTime; 2]> {
    let first = -(-from.as_micros()).div_euclid(length_us) * length_us;
    let last = to.as_micros().div_euclid(length_us) * length_us;
    (first < last).then(|| [first, last].map(Timestamp::from_micros).map(PgTime))
}

/// Events of a range from `$2` to `$3` with whole quarters from `$4` to `$5`.
macro_rules! counted_events {
    () => {
        "(SELECT quarter AS at, kind, events FROM event_quarters
          WHERE tenant_id = $1 AND quarter >= $4 AND quarter < $5
          UNION ALL
          SELECT minute, kind, events FROM event_counts
          WHERE tenant_id = $1 AND minute >= $2 AND minute < least($3, $4)
          UNION ALL
          SELECT minute, kind, events FROM event_counts
          WHERE tenant_id = $1 AND minute >= $5 AND minute < $3) AS counted"
    };
}
pub(super) use counted_events;

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_micros(minutes * 60_000_000)
    }

    fn minutes(quarters: Quarters) -> (i64, i64) {
        let minute = |time: PgTime| time.0.as_micros() / 60_000_000;
        (minute(quarters.from), minute(quarters.to))
    }

    #[test]
    fn only_whole_quarters_of_a_range_count() {
        for ((from, to), expected) in [
            ((0, 60), (0, 60)),
            ((1, 60), (15, 60)),
            ((15, 59), (15, 45)),
            ((-14, 31), (0, 30)),
            ((16, 29), (16, 16)),
            ((14, 29), (14, 14)),
            ((14, 30), (15, 30)),
        ] {
            assert_eq!(minutes(Quarters::of(at(from), at(to))), expected, "{from} to {to}");
        }
    }

    #[test]
    fn only_whole_days_among_the_quarters_count() {
        let day = 24 * 60;
        for ((from, to), expected) in [
            ((0, day), (0, day)),
            ((-15, 2 * day + 1), (0, 2 * day)),
            ((15, day + 15), (15, 15)),
            ((7, day - 7), (15, 15)),
        ] {
            let days = Days::of(Quarters::of(at(from), at(to)));
            let found = minutes(Quarters { from: days.from, to: days.to });
            assert_eq!(found, expected, "{from} to {to}");
        }
    }

    #[test]
    fn a_cut_through_a_quarter_leaves_none() {
        assert_eq!(minutes(Quarters::cut(at(1), at(90), &[at(30), at(60)])), (15, 90));
        assert_eq!(minutes(Quarters::cut(at(1), at(90), &[at(30), at(61)])), (1, 1));
    }
}
