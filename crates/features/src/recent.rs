//! The newest 25 events of a user and what rules look for in them.

use innerwall_event::{Event, EventKind, HttpMethod};

use crate::device::Novelty;
use crate::state::{RECENT_EVENTS_MAX, RecentEvent, State};
use crate::url::is_suspicious;

/// Length of the run in which failed logins are counted.
const BURST_EVENTS: usize = 8;

/// What was remarkable about a recent event. Bits are stored: never reuse one.
#[derive(Clone, Copy)]
pub(crate) enum Mark {
    HeadMethod = 1,
    NoReferer = 1 << 1,
    NewDevice = 1 << 2,
    NewLanguage = 1 << 3,
    NewCountry = 1 << 4,
    SuspiciousUrl = 1 << 5,
}

/// Adds the event in order of event time and forgets the oldest beyond 25.
pub(crate) fn remember(state: &mut State, event: &Event, novelty: Novelty) {
    let entry = RecentEvent {
        time_us: event.time.as_micros(),
        kind: u32::try_from(event.kind.number()).unwrap_or_default(),
        http_code: u32::from(event.http_code.unwrap_or_default()),
        marks: marks_of(event, novelty),
    };
    let at = state.recent.partition_point(|known| known.time_us <= entry.time_us);
    state.recent.insert(at, entry);
    if state.recent.len() > RECENT_EVENTS_MAX {
        state.recent.remove(0);
    }
}

fn marks_of(event: &Event, novelty: Novelty) -> u32 {
    [
        (Mark::HeadMethod, event.http_method == Some(HttpMethod::HEAD)),
        (Mark::NoReferer, event.referer.is_none()),
        (Mark::NewDevice, novelty.device_is_new),
        (Mark::NewLanguage, novelty.language_is_new),
        (Mark::NewCountry, novelty.country_is_new),
        (Mark::SuspiciousUrl, event.url.as_deref().is_some_and(is_suspicious)),
    ]
    .into_iter()
    .filter(|(_, holds)| *holds)
    .fold(0, |marks, (mark, _)| marks | mark as u32)
}

/// A look back over the recent events.
pub(crate) struct Recent<'s>(pub(crate) &'s [RecentEvent]);

impl Recent<'_> {
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

    pub(crate) fn any_new_device_in_new_country(&self) -> bool {
        let both = |event: &RecentEvent| {
            is_marked(event, Mark::NewDevice) && is_marked(event, Mark::NewCountry)
        };
        self.0.iter().any(both)
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
