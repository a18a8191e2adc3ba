//! The newest 25 events of a user and what rules look for in them.

use innerwall_event::{Event, EventKind, HttpMethod};
use prost::Message;

use crate::address::AddressNovelty;
use crate::device::DeviceNovelty;

/// Newest events kept for the rules that look back.
pub(crate) const RECENT_EVENTS_MAX: usize = 25;
/// Length of the run in which failed logins are counted.
const BURST_EVENTS: usize = 8;
/// Codes are stored from here, so that the usual ones take one byte; 0 is no code.
const CODE_BASE: u32 = 99;

/// What was remarkable about a recent event. Bits are stored: never reuse one.
#[derive(Clone, Copy)]
pub(crate) enum Mark {
    HeadMethod = 1,
    NoReferer = 1 << 1,
    NewDevice = 1 << 2,
    NewLanguage = 1 << 3,
    NewCountry = 1 << 4,
    SuspiciousUrl = 1 << 5,
    NewNetwork = 1 << 6,
}

/// One of the newest events, reduced to what rules look back for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecentEvent {
    pub(crate) time_ms: i64,
    pub(crate) kind: u32,
    /// 0 when none was sent.
    pub(crate) http_code: u32,
    /// Bits of [`Mark`].
    pub(crate) marks: u32,
}

/// The newest events in columns, the oldest first: this is most of a state, so it is packed.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct RecentEvents {
    /// Milliseconds: the first since 1970, each other since the one before it.
    #[prost(sint64, repeated, tag = "1")]
    times_ms: Vec<i64>,
    #[prost(uint32, repeated, tag = "2")]
    kinds: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    codes: Vec<u32>,
    #[prost(uint32, repeated, tag = "4")]
    marks: Vec<u32>,
}

impl RecentEvents {
    /// Adds the event in order of event time and forgets the oldest beyond 25.
    pub(crate) fn remember(&mut self, event: &Event, marks: u32) {
        let entry = RecentEvent {
            time_ms: event.time.as_micros().div_euclid(1000),
            kind: u32::try_from(event.kind.number()).unwrap_or_default(),
            http_code: u32::from(event.http_code.unwrap_or_default()),
            marks,
        };
        let mut entries = self.to_entries();
        let at = entries.partition_point(|known| known.time_ms <= entry.time_ms);
        entries.insert(at, entry);
        let excess = entries.len().saturating_sub(RECENT_EVENTS_MAX);
        *self = Self::from_entries(&entries[excess..]);
    }

    pub(crate) fn from_entries(entries: &[RecentEvent]) -> Self {
        let mut packed = Self::default();
        let mut before_ms = 0;
        for entry in entries {
            packed.times_ms.push(entry.time_ms - before_ms);
            before_ms = entry.time_ms;
            packed.kinds.push(entry.kind);
            packed.codes.push(entry.http_code.saturating_sub(CODE_BASE));
            packed.marks.push(entry.marks);
        }
        packed
    }

    pub(crate) fn to_entries(&self) -> Vec<RecentEvent> {
        let mut time_ms = 0_i64;
        let columns = self.times_ms.iter().zip(&self.kinds).zip(&self.codes).zip(&self.marks);
        columns
            .map(|(((after_ms, kind), code), marks)| {
                time_ms = time_ms.saturating_add(*after_ms);
                let http_code = if *code == 0 { 0 } else { code.saturating_add(CODE_BASE) };
                RecentEvent { time_ms, kind: *kind, http_code, marks: *marks }
            })
            .collect()
    }
}

pub(crate) fn marks_of(
    event: &Event,
    device: DeviceNovelty,
    address: AddressNovelty,
    has_suspicious_url: bool,
) -> u32 {
    [
        (Mark::HeadMethod, event.http_method == Some(HttpMethod::HEAD)),
        (Mark::NoReferer, event.referer.is_none()),
        (Mark::NewDevice, device.is_new),
        (Mark::NewLanguage, device.is_language_new),
        (Mark::NewCountry, address.country.is_new),
        (Mark::NewNetwork, address.network.is_new),
        (Mark::SuspiciousUrl, has_suspicious_url),
    ]
    .into_iter()
    .filter(|(_, holds)| *holds)
    .fold(0, |marks, (mark, _)| marks | mark as u32)
}

/// A look back over the recent events.
pub(crate) struct Recent(Vec<RecentEvent>);

impl Recent {
    pub(crate) fn of(events: &RecentEvents) -> Self {
        Self(events.to_entries())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn any_marked(&self, mark: Mark) -> bool {
        self.0.iter().any(|event| is_marked(event, mark))
    }

    /// Whether an event of this kind took effect: an attempt the product refused does not count.
    pub(crate) fn has_done(&self, kind: &EventKind) -> bool {
        self.0.iter().any(|event| is_done(event, kind))
    }

    pub(crate) fn has_done_marked(&self, kind: &EventKind, mark: Mark) -> bool {
        self.0.iter().any(|event| is_done(event, kind) && is_marked(event, mark))
    }

    pub(crate) fn any_failed_login_on_new_device(&self) -> bool {
        self.0.iter().any(|event| is_failed_login(event) && is_marked(event, Mark::NewDevice))
    }

    /// Whether one event carries both marks.
    pub(crate) fn any_marked_both(&self, one: Mark, other: Mark) -> bool {
        self.0.iter().any(|event| is_marked(event, one) && is_marked(event, other))
    }

    pub(crate) fn failed_logins(&self) -> usize {
        self.0.iter().filter(|event| is_failed_login(event)).count()
    }

    /// Most failed logins in any run of eight adjacent events; 0 with fewer than eight events.
    pub(crate) fn failed_login_burst(&self) -> usize {
        let failures = |run: &[RecentEvent]| run.iter().filter(|e| is_failed_login(e)).count();
        self.0.windows(BURST_EVENTS).map(failures).max().unwrap_or(0)
    }

    pub(crate) fn count_codes(&self, codes: std::ops::Range<u32>) -> usize {
        self.0.iter().filter(|event| codes.contains(&event.http_code)).count()
    }
}

fn is_marked(event: &RecentEvent, mark: Mark) -> bool {
    event.marks & mark as u32 != 0
}

fn is_kind(event: &RecentEvent, kind: &EventKind) -> bool {
    u32::try_from(kind.number()).is_ok_and(|number| number == event.kind)
}

fn is_done(event: &RecentEvent, kind: &EventKind) -> bool {
    is_kind(event, kind) && event.http_code < 400
}

fn is_failed_login(event: &RecentEvent) -> bool {
    is_kind(event, &EventKind::AccountLoginFail)
}
