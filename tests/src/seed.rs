//! Chance that can be repeated.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::environment;

/// Set to the seed that a failed run has printed in order to repeat its choices.
const SEED: &str = "INNERWALL_TEST_SEED";

/// The seed of this run, printed.
pub fn seed() -> u64 {
    let given = environment::optional(SEED).and_then(|text| text.parse().ok());
    let seed = given.unwrap_or_else(|| Uuid::new_v4().as_u64_pair().1 & u64::from(u32::MAX));
    eprintln!("seed: {SEED}={seed}");
    seed
}

/// The seed that was given, or else one that stays: what others generate must not find something
/// new on the day of a release.
pub fn seed_or(usual: u64) -> u64 {
    let given = environment::optional(SEED).and_then(|text| text.parse().ok());
    let seed = given.unwrap_or(usual);
    eprintln!("seed: {SEED}={seed}");
    seed
}

/// A source of choices.
#[derive(Debug)]
pub struct Dice(StdRng);

impl Dice {
    /// Dice that always fall the same way.
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// A number below `end`, which must not be 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0.random_range(0..end)
    }

    /// One of several values.
    pub fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        let end = u64::try_from(values.len()).unwrap_or(u64::MAX);
        values[usize::try_from(self.below(end)).unwrap_or(0)]
    }
}
