//! How long a producer waits.

use std::time::Duration;

use tokio::time::Instant;

/// Shortest time that can be asked for: hardly more than the broker needs.
const DEADLINE_MS_MIN: u32 = 20;
/// Longest time that can be asked for: a page that waits longer is closed.
const DEADLINE_MS_MAX: u32 = 2_000;
/// Without a word.
const DEADLINE_MS_DEFAULT: u32 = 300;

/// When a producer stops waiting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    began: Instant,
    within: Duration,
}

/// Why a text is no deadline.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "the deadline (header Innerwall-Deadline-Ms) must be {DEADLINE_MS_MIN} to {DEADLINE_MS_MAX} milliseconds, not `{0}`"
)]
pub(crate) struct DeadlineError(String);

impl Deadline {
    /// Counts from `began`; `said` is what the producer said, if it did.
    pub(crate) fn of(began: Instant, said: Option<&str>) -> Result<Self, DeadlineError> {
        let default = Duration::from_millis(DEADLINE_MS_DEFAULT.into());
        let Some(said) = said else { return Ok(Self { began, within: default }) };
        let ms = said.trim().parse::<u32>().ok();
        let ms = ms.filter(|ms| (DEADLINE_MS_MIN..=DEADLINE_MS_MAX).contains(ms));
        let within = ms.map(|ms| Duration::from_millis(ms.into()));
        within.map(|within| Self { began, within }).ok_or_else(|| DeadlineError(said.to_owned()))
    }

    /// Like [`Deadline::of`], where 0 is no word.
    pub(crate) fn of_number(began: Instant, ms: u32) -> Result<Self, DeadlineError> {
        let said = (ms != 0).then(|| ms.to_string());
        Self::of(began, said.as_deref())
    }

    pub(crate) fn at(self) -> Instant {
        self.began + self.within
    }

    /// Since the request began.
    pub(crate) fn elapsed(self) -> Duration {
        self.began.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_limited_on_both_sides() {
        let began = Instant::now();
        let ms = |said| Deadline::of(began, said).map(|deadline| deadline.within.as_millis());
        assert_eq!(ms(None), Ok(300));
        assert_eq!(ms(Some("20")), Ok(20));
        assert_eq!(ms(Some(" 2000 ")), Ok(2000));
        for wrong in ["19", "2001", "-1", "", "300ms", "1.5"] {
            assert!(ms(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
