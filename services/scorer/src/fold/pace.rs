//! How many rows a round takes. A round that fails over its data is halved until the row at fault
//! is alone.

/// Rows of one round: with what each may hold, this bounds its memory.
const ROWS_MAX: i64 = 512;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace(i64);

impl Default for Pace {
    fn default() -> Self {
        Self(ROWS_MAX)
    }
}

impl Pace {
    pub(super) fn rows(self) -> i64 {
        self.0
    }

    /// After a round that worked.
    pub(super) fn faster(self) -> Self {
        Self((self.0 * 2).min(ROWS_MAX))
    }

    /// After a round that failed.
    pub(super) fn slower(self) -> Self {
        Self((self.0 / 2).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rounds until the row at a place is alone in one.
    fn rounds_to_find(bad: i64) -> u32 {
        let (mut pace, mut first, mut rounds) = (Pace::default(), 0, 0);
        loop {
            rounds += 1;
            if first + pace.rows() <= bad {
                first += pace.rows();
                pace = pace.faster();
            } else if pace.rows() > 1 {
                pace = pace.slower();
            } else {
                return rounds;
            }
        }
    }

    #[test]
    fn a_bad_row_is_found_in_few_rounds_wherever_it_is() {
        for bad in [0, 1, 255, 300, ROWS_MAX - 1, ROWS_MAX, 3 * ROWS_MAX + 7] {
            assert!(rounds_to_find(bad) < 80, "row {bad}: {} rounds", rounds_to_find(bad));
        }
    }

    #[test]
    fn the_pace_stays_within_its_limits() {
        assert_eq!(Pace::default().faster(), Pace::default());
        assert_eq!(Pace(1).slower(), Pace(1));
        assert_eq!(Pace(2).slower(), Pace(1));
    }
}
