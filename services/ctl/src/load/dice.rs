//! Seeded chance.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

/// Spreads neighbouring lanes over all seeds.
const LANE_STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Makes choices: the same seed and lane always choose the same.
pub(super) struct Dice(Xoshiro256PlusPlus);

impl Dice {
    pub(super) fn new(seed: u64, lane: u64) -> Self {
        let mixed = seed ^ lane.wrapping_add(1).wrapping_mul(LANE_STEP);
        Self(Xoshiro256PlusPlus::seed_from_u64(mixed))
    }

    /// A number below `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.0.random_range(0..end.max(1))
    }

    pub(super) fn between(&mut self, first: i64, last: i64) -> i64 {
        self.0.random_range(first..=last.max(first))
    }

    /// From 0 up to but without 1.
    pub(super) fn fraction(&mut self) -> f64 {
        self.0.random()
    }

    pub(super) fn bits(&mut self) -> u64 {
        self.0.random()
    }

    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    pub(super) fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.0.random_range(0..items.len())]
    }

    /// Prefers the items at the front.
    pub(super) fn pick_early<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        let end = items.len();
        &items[self.0.random_range(0..end).min(self.0.random_range(0..end))]
    }

    /// A whole number with a long tail: most are near the front, few near the end.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the result lies between 0 and the u32 it is made from"
    )]
    pub(super) fn zipf(&mut self, end: u32) -> u32 {
        // The inverse of the distribution function of x^-0.7 between 1 and end + 1.
        const TAIL: f64 = 0.3;
        let highest = (f64::from(end) + 1.0).powf(TAIL) - 1.0;
        let drawn = (1.0 + self.fraction() * highest).powf(1.0 / TAIL) - 1.0;
        (drawn as u32).min(end.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_lane_always_choose_the_same() {
        let draw = |seed, lane| Dice::new(seed, lane).bits();
        assert_eq!(draw(7, 3), draw(7, 3));
        assert_ne!(draw(7, 3), draw(7, 4));
        assert_ne!(draw(7, 3), draw(8, 3));
    }

    #[test]
    fn the_tail_is_long_and_ends() {
        let mut dice = Dice::new(1, 0);
        let drawn: Vec<u32> = (0..10_000).map(|_| dice.zipf(1000)).collect();
        assert!(drawn.iter().all(|number| *number < 1000));
        let front = drawn.iter().filter(|number| **number < 100).count();
        assert!((3_500..6_500).contains(&front), "{front}");
        assert_eq!(dice.zipf(1), 0);
    }
}
