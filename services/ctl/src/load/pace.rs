//! When requests are due.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A generator that fell further behind lets go of the rest: after an outage it goes on at its
/// rate instead of making up for lost time.
const LAG_MAX: Duration = Duration::from_secs(2);

/// Spreads requests evenly over time and connections.
pub(super) struct Pace {
    interval: Duration,
    next: Mutex<Instant>,
}

impl Pace {
    /// No rate means no waiting.
    pub(super) fn new(requests_per_second: f64, now: Instant) -> Self {
        let is_paced = requests_per_second > 0.0;
        let interval = Duration::try_from_secs_f64(1.0 / requests_per_second);
        let interval = interval.ok().filter(|_| is_paced).unwrap_or_default();
        Self { interval, next: Mutex::new(now) }
    }

    /// When the caller's request is due; none when at once.
    pub(super) fn due(&self, now: Instant) -> Option<Instant> {
        if self.interval.is_zero() {
            return None;
        }
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let due = (*next).max(now.checked_sub(LAG_MAX).unwrap_or(now));
        *next = due + self.interval;
        Some(due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_spread_and_a_long_lag_is_let_go() {
        let start = Instant::now();
        let pace = Pace::new(10.0, start);
        assert_eq!(pace.due(start), Some(start));
        assert_eq!(pace.due(start), Some(start + Duration::from_millis(100)));
        let later = start + Duration::from_mins(1);
        assert_eq!(pace.due(later), Some(later - LAG_MAX));
        assert_eq!(Pace::new(0.0, start).due(start), None);
    }
}
