//! Tables from ranges of addresses to numbers, compact and searched by halving.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What an address has when two ranges of one source cover it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overlap {
    /// The value of the narrower range.
    Narrower,
    /// The bits of both.
    Union,
}

/// An inclusive range of addresses of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Range {
    V4(u32, u32),
    V6(u128, u128),
}

/// Ranges that do not overlap, in order.
#[derive(Debug, Default)]
pub(crate) struct RangeTable {
    v4: Column<u32>,
    v6: Column<u128>,
}

/// Collects ranges in any order.
#[derive(Debug, Default)]
pub(crate) struct RangeBuilder {
    v4: Vec<Span<u32>>,
    v6: Vec<Span<u128>>,
}

#[derive(Debug, Default)]
struct Column<K> {
    firsts: Vec<K>,
    lasts: Vec<K>,
    values: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span<K> {
    first: K,
    last: K,
    value: u32,
}

trait Number: Copy + Ord {
    fn next(self) -> Option<Self>;
    fn previous(self) -> Option<Self>;
    fn width(first: Self, last: Self) -> u128;
}

impl Number for u32 {
    fn next(self) -> Option<Self> {
        self.checked_add(1)
    }
    fn previous(self) -> Option<Self> {
        self.checked_sub(1)
    }
    fn width(first: Self, last: Self) -> u128 {
        u128::from(last - first)
    }
}

impl Number for u128 {
    fn next(self) -> Option<Self> {
        self.checked_add(1)
    }
    fn previous(self) -> Option<Self> {
        self.checked_sub(1)
    }
    fn width(first: Self, last: Self) -> u128 {
        last - first
    }
}

impl Range {
    /// A range from its ends; `None` when they are of two families or the wrong way round.
    pub(crate) fn between(first: IpAddr, last: IpAddr) -> Option<Self> {
        match (first, last) {
            (IpAddr::V4(first), IpAddr::V4(last)) if first <= last => {
                Some(Self::V4(first.to_bits(), last.to_bits()))
            }
            (IpAddr::V6(first), IpAddr::V6(last)) if first <= last => {
                Some(Self::V6(first.to_bits(), last.to_bits()))
            }
            (IpAddr::V4(_) | IpAddr::V6(_), _) => None,
        }
    }

    pub(crate) fn ends(self) -> (IpAddr, IpAddr) {
        let v4 = |bits| IpAddr::V4(Ipv4Addr::from_bits(bits));
        let v6 = |bits| IpAddr::V6(Ipv6Addr::from_bits(bits));
        match self {
            Self::V4(first, last) => (v4(first), v4(last)),
            Self::V6(first, last) => (v6(first), v6(last)),
        }
    }
}

impl RangeBuilder {
    pub(crate) fn push(&mut self, range: Range, value: u32) {
        match range {
            Range::V4(first, last) => self.v4.push(Span { first, last, value }),
            Range::V6(first, last) => self.v6.push(Span { first, last, value }),
        }
    }

    pub(crate) fn build(self, overlap: Overlap) -> RangeTable {
        RangeTable { v4: Column::new(self.v4, overlap), v6: Column::new(self.v6, overlap) }
    }
}

impl RangeTable {
    /// The range that covers an address, and its value.
    pub(crate) fn find(&self, ip: IpAddr) -> Option<(Range, u32)> {
        match ip {
            IpAddr::V4(v4) => {
                let found = self.v4.find(v4.to_bits())?;
                Some((Range::V4(found.first, found.last), found.value))
            }
            IpAddr::V6(v6) => {
                let found = self.v6.find(v6.to_bits())?;
                Some((Range::V6(found.first, found.last), found.value))
            }
        }
    }

    pub(crate) fn value(&self, ip: IpAddr) -> Option<u32> {
        self.find(ip).map(|(_, value)| value)
    }

    pub(crate) fn rows(&self) -> usize {
        self.v4.values.len() + self.v6.values.len()
    }
}

impl<K: Number> Column<K> {
    fn new(mut spans: Vec<Span<K>>, overlap: Overlap) -> Self {
        spans.sort_by_key(|span| span.first);
        if spans.windows(2).any(|pair| pair[0].last >= pair[1].first) {
            spans = flatten(spans, overlap);
        }
        Self {
            firsts: spans.iter().map(|span| span.first).collect(),
            lasts: spans.iter().map(|span| span.last).collect(),
            values: spans.iter().map(|span| span.value).collect(),
        }
    }

    fn find(&self, key: K) -> Option<Span<K>> {
        let place = self.firsts.partition_point(|first| *first <= key).checked_sub(1)?;
        let span =
            Span { first: self.firsts[place], last: self.lasts[place], value: self.values[place] };
        (key <= span.last).then_some(span)
    }
}

fn flatten<K: Number>(mut spans: Vec<Span<K>>, overlap: Overlap) -> Vec<Span<K>> {
    spans.sort_by_key(|span| std::cmp::Reverse(K::width(span.first, span.last)));
    let mut painted = BTreeMap::new();
    for span in spans {
        paint(&mut painted, span, overlap);
    }
    painted.into_values().collect()
}

/// Lays a span over those that are there: what it covers is split off and merged.
fn paint<K: Number>(painted: &mut BTreeMap<K, Span<K>>, new: Span<K>, overlap: Overlap) {
    let add = |painted: &mut BTreeMap<K, Span<K>>, first, last: Option<K>, value| {
        if let Some(last) = last.filter(|last| first <= *last) {
            painted.insert(first, Span { first, last, value });
        }
    };
    let mut uncovered = Some(new.first);
    for old in overlapping(painted, new) {
        painted.remove(&old.first);
        let (first, last) = (old.first.max(new.first), old.last.min(new.last));
        add(painted, old.first, if old.first < first { first.previous() } else { None }, old.value);
        if let Some(gap) = uncovered.filter(|gap| *gap < first) {
            add(painted, gap, first.previous(), new.value);
        }
        let value = match overlap {
            Overlap::Narrower => new.value,
            Overlap::Union => old.value | new.value,
        };
        add(painted, first, Some(last), value);
        if let Some(rest) = last.next().filter(|_| last < old.last) {
            add(painted, rest, Some(old.last), old.value);
        }
        uncovered = last.next();
    }
    if let Some(gap) = uncovered {
        add(painted, gap, Some(new.last), new.value);
    }
}

fn overlapping<K: Number>(painted: &BTreeMap<K, Span<K>>, new: Span<K>) -> Vec<Span<K>> {
    let before = painted.range(..new.first).next_back().map(|(_, span)| *span);
    let inside = painted.range(new.first..=new.last).map(|(_, span)| *span);
    before.into_iter().filter(|span| span.last >= new.first).chain(inside).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn v4(bits: u32) -> IpAddr {
        IpAddr::V4(Ipv4Addr::from_bits(bits))
    }

    #[test]
    fn both_ends_of_a_range_belong_to_it() {
        let mut builder = RangeBuilder::default();
        builder.push(Range::V4(10, 20), 1);
        builder.push(Range::V4(u32::MAX, u32::MAX), 2);
        builder.push(Range::V6(0, u128::MAX), 3);
        let table = builder.build(Overlap::Narrower);
        let values: Vec<_> =
            [9, 10, 20, 21, u32::MAX].iter().map(|b| table.value(v4(*b))).collect();
        assert_eq!(values, [None, Some(1), Some(1), None, Some(2)]);
        assert_eq!(table.value("::1".parse().unwrap()), Some(3));
        assert_eq!(table.rows(), 3);
    }

    proptest! {
        #[test]
        fn overlapping_ranges_answer_as_if_each_were_asked(
            spans in proptest::collection::vec((0..64_u32, 0..64_u32, 0..32_u32), 0..12),
        ) {
            let mut builder = RangeBuilder::default();
            let mut narrow = RangeBuilder::default();
            let spans: Vec<_> = spans
                .into_iter()
                .map(|(a, b, bit)| (a.min(b), a.max(b), 1 << bit))
                .collect();
            for (first, last, value) in &spans {
                builder.push(Range::V4(*first, *last), *value);
                narrow.push(Range::V4(*first, *last), *value);
            }
            let (union, narrow) = (builder.build(Overlap::Union), narrow.build(Overlap::Narrower));
            for bits in 0..64 {
                let covering = spans.iter().filter(|(first, last, _)| (*first..=*last).contains(&bits));
                let all = covering.clone().fold(0, |all, (_, _, value)| all | value);
                prop_assert_eq!(union.value(v4(bits)).unwrap_or(0), all);
                let width = covering.clone().map(|(first, last, _)| last - first).min();
                let narrowest = |value: u32| {
                    covering.clone().any(|(f, l, v)| Some(l - f) == width && *v == value)
                };
                let found = narrow.value(v4(bits));
                prop_assert_eq!(found.is_some(), width.is_some());
                prop_assert!(found.is_none_or(narrowest));
            }
        }
    }
}
