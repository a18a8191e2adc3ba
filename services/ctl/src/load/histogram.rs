//! Durations in little memory, however many there are.

use std::time::Duration;

/// Values below this have a bucket each; above, each doubling is split into `PARTS`.
const EXACT: u64 = 64;
const PARTS: u64 = 32;
/// Microseconds of up to 2^36, nineteen hours.
const DOUBLINGS: u64 = 30;

/// Counts durations in buckets that are at most 3 % wide.
#[derive(Clone)]
pub(crate) struct Histogram {
    counts: Vec<u64>,
    total: u64,
}

impl Histogram {
    pub(crate) fn new() -> Self {
        let buckets = EXACT + DOUBLINGS * PARTS;
        Self { counts: vec![0; usize::try_from(buckets).unwrap_or_default()], total: 0 }
    }

    pub(crate) fn add(&mut self, duration: Duration) {
        let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let bucket = bucket_of(micros).min(self.counts.len() - 1);
        self.counts[bucket] += 1;
        self.total += 1;
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.total += other.total;
    }

    /// The duration in milliseconds that `per_mille` of all do not exceed; 0 of none.
    pub(crate) fn quantile_ms(&self, per_mille: u64) -> f64 {
        let wanted = (self.total * per_mille).div_ceil(1000).max(1);
        let mut seen = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= wanted {
                return Duration::from_micros(micros_of(bucket)).as_secs_f64() * 1e3;
            }
        }
        0.0
    }
}

fn bucket_of(micros: u64) -> usize {
    if micros < EXACT {
        return usize::try_from(micros).unwrap_or_default();
    }
    let doubling = u64::from(micros.ilog2() - EXACT.ilog2());
    let part = (micros >> (doubling + 1)) - PARTS;
    usize::try_from(EXACT + doubling * PARTS + part).unwrap_or(usize::MAX)
}

/// The middle of a bucket.
fn micros_of(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    let Some(above) = bucket.checked_sub(EXACT) else {
        return bucket;
    };
    let (doubling, part) = (above / PARTS, above % PARTS);
    ((PARTS + part) << (doubling + 1)) + (1 << doubling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_duration_is_found_again_within_three_percent() {
        for micros in (1..2_000).chain([65_535, 65_536, 1_000_000, 59_999_999]) {
            let found = micros_of(bucket_of(micros));
            assert!(found.abs_diff(micros) * 100 <= micros * 3, "{micros} became {found}");
        }
    }

    #[test]
    fn quantiles_are_those_of_all_that_was_added() {
        let mut first = Histogram::new();
        let mut second = Histogram::new();
        (1..=99).for_each(|_| first.add(Duration::from_millis(2)));
        second.add(Duration::from_secs(1));
        first.merge(&second);
        assert!((first.quantile_ms(500) - 2.0).abs() < 0.1);
        assert!((first.quantile_ms(990) - 2.0).abs() < 0.1);
        assert!((first.quantile_ms(1000) - 1000.0).abs() < 30.0);
        assert!(Histogram::new().quantile_ms(500).abs() < f64::EPSILON);
    }
}
