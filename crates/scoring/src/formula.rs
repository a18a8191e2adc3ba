//! The trust score: 99 is clean, 0 is worst.

/// Best trust score.
pub const TRUST_MAX: u8 = 99;

/// Trust score from the points of all rules that fired.
///
/// With T the sum of the points (at least 0; negative points speak for the user) and n the number
/// of rules with points above 0, the score is `trunc(99 - T * (n^1.1 - n + 1))`, at least 0: each
/// further hit weighs a little more than the last.
pub fn trust_score(points: impl IntoIterator<Item = i16>) -> u8 {
    let (mut total, mut bad_hits) = (0_i32, 0_u32);
    for point in points {
        total += i32::from(point);
        bad_hits += u32::from(point > 0);
    }
    let bad_hits = f64::from(bad_hits);
    let factor = bad_hits.powf(1.1) - bad_hits + 1.0;
    let score = f64::from(TRUST_MAX) - f64::from(total.max(0)) * factor;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=99"
    )]
    let score = score.clamp(0.0, f64::from(TRUST_MAX)).trunc() as u8;
    score
}

/// A third of the scale, for words and filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// 0 to 32: likely hostile.
    Low,
    /// 33 to 66: unclear.
    Medium,
    /// 67 to 99: no reason for doubt.
    High,
}

impl Band {
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    pub const fn of(trust: u8) -> Self {
        match trust {
            0..=32 => Self::Low,
            33..=66 => Self::Medium,
            _ => Self::High,
        }
    }

    /// Lowest and highest score of the band.
    pub const fn range(self) -> (u8, u8) {
        match self {
            Self::Low => (0, 32),
            Self::Medium => (33, 66),
            Self::High => (67, TRUST_MAX),
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_people_know() {
        let table: [(&[i16], u8); 19] = [
            (&[], 99),
            (&[-20], 99),
            (&[0, 0], 99),
            (&[10], 89),
            (&[20], 79),
            (&[10, 10], 76),
            (&[20, 20], 53),
            (&[10, 10, 10], 58),
            (&[20, 20, 20], 18),
            (&[10; 4], 35),
            (&[10; 5], 5),
            (&[20; 4], 0),
            (&[70], 29),
            (&[70, -20], 49),
            (&[70, 10], 7),
            (&[70, 20], 0),
            (&[70, 70], 0),
            (&[20, -20], 99),
            (&[20, 10, -20], 87),
        ];
        for (points, expected) in table {
            assert_eq!(trust_score(points.iter().copied()), expected, "{points:?}");
        }
    }

    #[test]
    fn bands_cover_the_scale_without_gap() {
        for trust in 0..=TRUST_MAX {
            let (low, high) = Band::of(trust).range();
            assert!((low..=high).contains(&trust), "{trust}");
        }
        assert_eq!(
            [32, 33, 66, 67].map(Band::of),
            [Band::Low, Band::Medium, Band::Medium, Band::High]
        );
    }

    proptest::proptest! {
        #[test]
        fn one_more_bad_hit_never_raises_the_score(points in proptest::collection::vec(-20_i16..=70, 0..40), more in 1_i16..=70) {
            let before = trust_score(points.iter().copied());
            let after = trust_score(points.iter().copied().chain([more]));
            proptest::prop_assert!(after <= before);
        }
    }
}
