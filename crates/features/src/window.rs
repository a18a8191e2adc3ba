//! Counting over a sliding time: ten buckets and the running one, so that a window may count up to
//! a tenth too much and never too little.

use innerwall_event::Timestamp;
use prost::Message;

const BUCKETS: u32 = 10;
/// Distinct members remembered per cell; more are not told apart.
pub const MEMBERS_MAX: usize = 64;

/// The time a window looks back over, cut into buckets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    bucket_us: i64,
}

impl Span {
    /// Buckets per window beside the running one.
    pub const BUCKETS: i64 = BUCKETS as i64;

    /// A window over so many seconds, at least one.
    pub fn of_seconds(over_s: u32) -> Self {
        Self { bucket_us: i64::from(over_s.max(1)) * 1_000_000 / i64::from(BUCKETS) }
    }

    /// Number of the bucket a time falls in.
    pub fn bucket(self, time: Timestamp) -> i64 {
        time.as_micros().div_euclid(self.bucket_us)
    }

    /// From then on, no window reaches back to the bucket of a time.
    pub fn end_of(self, time: Timestamp) -> Timestamp {
        self.start_of(self.bucket(time) + Self::BUCKETS + 1)
    }

    fn start_of(self, bucket: i64) -> Timestamp {
        Timestamp::from_micros(bucket.saturating_mul(self.bucket_us))
    }
}

/// What a window holds for one key. What it holds does not depend on the order of events.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Cell {
    /// Number of the newest bucket.
    #[prost(sint64, tag = "1")]
    newest: i64,
    /// Events per bucket, the newest first; trailing zeros are left out.
    #[prost(uint32, repeated, tag = "2")]
    counts: Vec<u32>,
    /// Amounts per bucket; empty when all are 0.
    #[prost(sint64, repeated, tag = "3")]
    sums: Vec<i64>,
    /// Hashes of members, beside `ages`.
    #[prost(fixed32, repeated, tag = "4")]
    members: Vec<u32>,
    /// How many buckets before the newest each member was seen last.
    #[prost(uint32, repeated, tag = "5")]
    ages: Vec<u32>,
    /// The first event ever counted.
    #[prost(int64, optional, tag = "6")]
    first_us: Option<i64>,
    /// The last event counted.
    #[prost(int64, optional, tag = "7")]
    last_us: Option<i64>,
}

impl Cell {
    /// Counts one event with its amount, which is 0 where nothing is summed.
    pub fn add(&mut self, span: Span, time: Timestamp, amount: i64) {
        let time_us = time.as_micros();
        self.first_us = Some(self.first_us.map_or(time_us, |first_us| first_us.min(time_us)));
        self.last_us = Some(self.last_us.map_or(time_us, |last_us| last_us.max(time_us)));
        let Some(age) = self.reach(span.bucket(time)) else { return };
        let count = slot(&mut self.counts, age);
        *count = count.saturating_add(1);
        if amount != 0 {
            let sum = slot(&mut self.sums, age);
            *sum = sum.saturating_add(amount);
            trim(&mut self.sums);
        }
    }

    /// Notes a member. Beyond the limit those seen longest ago are forgotten.
    pub fn add_member(&mut self, span: Span, time: Timestamp, hash: u64) {
        let Some(age) = self.reach(span.bucket(time)) else { return };
        // The hash is uniform: its upper half tells 64 members apart as well as the whole.
        let member = u32::try_from(hash >> 32).unwrap_or_default();
        match self.members.iter().position(|known| *known == member) {
            Some(at) => self.ages[at] = self.ages[at].min(age),
            None => self.push_member(member, age),
        }
    }

    fn push_member(&mut self, member: u32, age: u32) {
        self.members.push(member);
        self.ages.push(age);
        if self.members.len() > MEMBERS_MAX {
            let by_age = self.ages.iter().zip(&self.members).enumerate();
            if let Some((oldest, _)) = by_age.max_by_key(|(_, key)| *key) {
                self.members.swap_remove(oldest);
                self.ages.swap_remove(oldest);
            }
        }
    }

    /// Makes room for a bucket; its age, or `None` when it is too old to be kept.
    fn reach(&mut self, bucket: i64) -> Option<u32> {
        if self.counts.is_empty() && self.members.is_empty() {
            self.newest = bucket;
        }
        let after = bucket.saturating_sub(self.newest);
        if after > 0 {
            self.move_on(u32::try_from(after).unwrap_or(u32::MAX).min(BUCKETS + 1));
            self.newest = bucket;
        }
        u32::try_from(self.newest - bucket).ok().filter(|age| *age <= BUCKETS)
    }

    fn move_on(&mut self, buckets: u32) {
        shift(&mut self.counts, buckets);
        shift(&mut self.sums, buckets);
        let ages = std::mem::take(&mut self.ages);
        let members = std::mem::take(&mut self.members);
        for (member, age) in members.into_iter().zip(ages) {
            if age + buckets <= BUCKETS {
                self.members.push(member);
                self.ages.push(age + buckets);
            }
        }
    }

    /// Events within the window before `now`. A time before the newest event is read as of that.
    pub fn count(&self, span: Span, now: Timestamp) -> u64 {
        let visible = self.visible(span, now);
        self.counts.iter().take(visible).copied().map(u64::from).sum()
    }

    /// Sum of the amounts within the window before `now`.
    pub fn sum(&self, span: Span, now: Timestamp) -> i64 {
        let visible = self.visible(span, now);
        self.sums.iter().take(visible).fold(0, |sum, amount| sum.saturating_add(*amount))
    }

    /// Distinct members within the window before `now`, at most `cap`.
    pub fn distinct(&self, span: Span, now: Timestamp, cap: usize) -> usize {
        let visible = self.visible(span, now);
        self.ages.iter().filter(|age| (**age as usize) < visible).count().min(cap)
    }

    /// The first event within the window before `now`; where earlier ones have left the window,
    /// the start of the oldest bucket that holds one.
    pub fn first(&self, span: Span, now: Timestamp) -> Option<Timestamp> {
        let visible = self.visible(span, now).min(self.counts.len());
        let oldest = self.counts[..visible].iter().rposition(|count| *count > 0)?;
        let start = span.start_of(self.newest - i64::try_from(oldest).ok()?);
        self.first_us.map(|first_us| start.max(Timestamp::from_micros(first_us)))
    }

    /// The last event, when it is within the window before `now`.
    pub fn last(&self, span: Span, now: Timestamp) -> Option<Timestamp> {
        let is_visible = self.visible(span, now) > 0;
        self.last_us.filter(|_| is_visible).map(Timestamp::from_micros)
    }

    /// How many of the newest buckets are within the window before `now`.
    fn visible(&self, span: Span, now: Timestamp) -> usize {
        let gone = span.bucket(now).saturating_sub(self.newest).max(0);
        let gone = u32::try_from(gone).unwrap_or(u32::MAX);
        (BUCKETS + 1).saturating_sub(gone) as usize
    }
}

fn slot<T: Clone + Default>(values: &mut Vec<T>, age: u32) -> &mut T {
    let at = age as usize;
    if values.len() <= at {
        values.resize(at + 1, T::default());
    }
    &mut values[at]
}

/// Makes every bucket so much older and forgets those beyond the window.
fn shift<T: Clone + Default + PartialEq>(values: &mut Vec<T>, buckets: u32) {
    values.splice(0..0, std::iter::repeat_n(T::default(), buckets as usize));
    values.truncate(BUCKETS as usize + 1);
    trim(values);
}

fn trim<T: Default + PartialEq>(values: &mut Vec<T>) {
    let used = values.iter().rposition(|value| *value != T::default()).map_or(0, |at| at + 1);
    values.truncate(used);
}

#[cfg(test)]
#[path = "window_tests.rs"]
mod tests;
