//! What a change of the rules would do to users.

use innerwall_rules::RuleSetDiff;
use innerwall_scoring::Band;
use serde::Serialize;
use utoipa::ToSchema;

use super::{DiffSchema, FaultView};
use crate::mask::{self, Masked};

/// What a change would do to the users seen last. Nothing was changed.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = RuleSetEffect)]
pub(crate) struct Effect {
    /// Why the change could not be made; empty when it could.
    pub(crate) faults: Vec<FaultView>,
    /// What the change amounts to.
    #[schema(value_type = DiffSchema)]
    pub(crate) changes: RuleSetDiff,
    /// Users that were to be judged: up to 1,000, those seen last.
    pub(crate) users_chosen: usize,
    /// Users that were judged: those whose last event is still stored.
    pub(crate) users: usize,
    /// False when time ran out before all of them were judged.
    pub(crate) complete: bool,
    /// Users whose trust score would be another.
    pub(crate) rescored: usize,
    /// Users per band of trust.
    pub(crate) bands: BandEffect,
    /// Users at or below the threshold of review. Whom people have decided about does not come up.
    pub(crate) review: CountEffect,
    /// Users at or below the threshold of blocking; what people decide stands against it.
    pub(crate) blocked: CountEffect,
    /// Users whose band would be another.
    pub(crate) band_changes: usize,
    /// Up to 25 of them.
    pub(crate) examples: Vec<ChangedBand>,
    /// New or changed rules whose effect is not in the numbers.
    pub(crate) not_estimated: Vec<NotEstimated>,
}

/// Users per band of trust, before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct BandEffect {
    /// 0 to 32.
    pub(crate) low: CountEffect,
    /// 33 to 66.
    pub(crate) medium: CountEffect,
    /// 67 to 99.
    pub(crate) high: CountEffect,
}

/// A number of users before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CountEffect {
    pub(crate) before: usize,
    pub(crate) after: usize,
}

/// A weight before and after; 0 where the rule does not fire or is on trial.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = WeightEffect)]
pub(crate) struct BeforeAfter {
    pub(crate) before: i16,
    pub(crate) after: i16,
}

/// A user whose band would be another.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ChangedBand {
    pub(crate) user_id: String,
    pub(crate) trust_before: u8,
    pub(crate) trust_after: u8,
    /// `low`, `medium` or `high`.
    pub(crate) band_before: &'static str,
    pub(crate) band_after: &'static str,
    /// The rules that would weigh something else, the most different first.
    pub(crate) because: Vec<WeighedRule>,
}

/// A rule that weighs something else for a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct WeighedRule {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    pub(crate) weight: BeforeAfter,
}

/// A rule whose effect cannot be told before it runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct NotEstimated {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    pub(crate) reason: &'static str,
}

impl Effect {
    pub(crate) fn of(changes: RuleSetDiff) -> Self {
        Self { changes, ..Self::default() }
    }
}

impl CountEffect {
    /// Counts a user who belongs to it before, after, or both.
    pub(crate) fn count(&mut self, is_before: bool, is_after: bool) {
        self.before += usize::from(is_before);
        self.after += usize::from(is_after);
    }
}

impl BandEffect {
    pub(crate) fn count(&mut self, before: Band, after: Band) {
        let bands = [
            (Band::Low, &mut self.low),
            (Band::Medium, &mut self.medium),
            (Band::High, &mut self.high),
        ];
        for (band, count) in bands {
            count.count(band == before, band == after);
        }
    }
}

impl ChangedBand {
    pub(crate) fn new(user_id: String, from: u8, to: u8, because: Vec<WeighedRule>) -> Self {
        Self {
            user_id,
            trust_before: from,
            trust_after: to,
            band_before: Band::of(from).name(),
            band_after: Band::of(to).name(),
            because,
        }
    }
}

/// The entries of lists that change may be contact details.
impl Masked for Effect {
    fn mask(&mut self) {
        for change in self.changes.lists.values_mut() {
            for entry in change.added.iter_mut().chain(&mut change.removed) {
                mask::text(&mut entry.value);
                mask::text(&mut entry.comment);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_counted_in_the_bands_of_both_scores() {
        let mut bands = BandEffect::default();
        bands.count(Band::High, Band::Low);
        bands.count(Band::Low, Band::Low);
        assert_eq!(bands.low, CountEffect { before: 1, after: 2 });
        assert_eq!(bands.medium, CountEffect::default());
        assert_eq!(bands.high, CountEffect { before: 1, after: 0 });
    }
}
