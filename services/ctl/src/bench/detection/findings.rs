//! What the detection bench found, as it is written to the file.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::load::pattern::{Kind, Pattern};

/// Rules named per row.
const RULES_MAX: usize = 6;

/// How a pattern fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct PatternRow {
    pub(super) pattern: Pattern,
    pub(super) attacks: usize,
    pub(super) detected: usize,
    pub(super) rate: f64,
    /// From the first event of an attack to the first that reaches review, of those detected.
    pub(super) seconds_median: Option<f64>,
    /// The number of that event among those of the attack.
    pub(super) events_median: Option<f64>,
    /// The attackers' own accounts.
    pub(super) attackers: Reached,
    pub(super) victims: Reached,
    /// Rules of events that reached review and of accounts in it, the most frequent first.
    pub(super) rules: Vec<RuleCount>,
}

/// How an ordinary kind of life fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct KindRow {
    /// `bystander` for those beside an attack.
    pub(super) kind: Life,
    #[serde(flatten)]
    pub(super) reached: Reached,
    pub(super) rules: Vec<RuleCount>,
}

/// An ordinary life, or one beside an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Life {
    Bystander,
    #[serde(untagged)]
    Ordinary(Kind),
}

/// Accounts, and how many of them reached review.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(super) struct Reached {
    pub(super) accounts: usize,
    pub(super) in_review: usize,
    pub(super) rate: f64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct RuleCount {
    pub(super) rule: String,
    pub(super) times: usize,
}

/// The whole comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Findings {
    pub(super) preset: String,
    pub(super) patterns: Vec<PatternRow>,
    pub(super) kinds: Vec<KindRow>,
    /// All attacks: how many there were, how many were detected.
    pub(super) attacks: usize,
    pub(super) detected: usize,
    pub(super) detected_rate: f64,
    /// All attackers' own accounts.
    pub(super) attackers: Reached,
    /// All ordinary users, without bystanders.
    pub(super) normal: Reached,
    /// Events that were accepted and that query does not show.
    pub(super) missing_events: usize,
}

impl Findings {
    /// Takes in what was found in another tenant.
    pub(super) fn add(&mut self, other: Self) {
        self.patterns.extend(other.patterns);
        for row in other.kinds {
            match self.kinds.iter_mut().find(|known| known.kind == row.kind) {
                Some(known) => known.add(row),
                None => self.kinds.push(row),
            }
        }
        self.attacks += other.attacks;
        self.detected += other.detected;
        self.detected_rate = rate(self.detected, self.attacks);
        self.attackers = [self.attackers, other.attackers].into_iter().collect();
        self.normal = [self.normal, other.normal].into_iter().collect();
        self.missing_events += other.missing_events;
    }
}

impl KindRow {
    fn add(&mut self, other: Self) {
        self.reached = [self.reached, other.reached].into_iter().collect();
        let mut rules = BTreeMap::new();
        for RuleCount { rule, times } in self.rules.drain(..).chain(other.rules) {
            *rules.entry(rule).or_default() += times;
        }
        self.rules = RuleCount::most_frequent(rules);
    }
}

impl Reached {
    pub(super) fn new(accounts: usize, in_review: usize) -> Self {
        Self { accounts, in_review, rate: rate(in_review, accounts) }
    }
}

impl FromIterator<Self> for Reached {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        let add = |sum: (usize, usize), part: Self| (sum.0 + part.accounts, sum.1 + part.in_review);
        let (accounts, in_review) = parts.into_iter().fold((0, 0), add);
        Self::new(accounts, in_review)
    }
}

impl RuleCount {
    /// The most frequent rules, the first in the alphabet first among equals.
    pub(super) fn most_frequent(rules: BTreeMap<String, usize>) -> Vec<Self> {
        let counts = rules.into_iter().map(|(rule, times)| Self { rule, times });
        let mut counts: Vec<Self> = counts.collect();
        counts.sort_by_key(|count| std::cmp::Reverse(count.times));
        counts.truncate(RULES_MAX);
        counts
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^52 of anything")]
pub(super) fn rate(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}
