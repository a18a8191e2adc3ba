//! Remarkable things about a user and when each was last noted.

use innerwall_event::Timestamp;
use prost::Message;

/// How long a remarkable thing counts. Without it one night would mark a user for ever.
pub(crate) const MEMORY_S: i64 = 30 * 24 * 3600;

/// What is noted. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noted {
    NightSession = 0,
    MultiDeviceSession = 1,
    MultiAddressSession = 2,
    MultiCountrySession = 3,
    NoUserAgent = 4,
    NoLanguage = 5,
    Tor = 6,
    Vpn = 7,
    Hosting = 8,
    Relay = 9,
    Satellite = 10,
    Private = 11,
    SpamListed = 12,
    SuspiciousNetwork = 13,
    BlockedAddress = 14,
    /// An address of which it is known whether it belongs to a data centre.
    JudgedAddress = 15,
}

/// Times of the newest sight of each thing, in whole seconds.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Memory {
    /// Numbers of [`Noted`], beside `times_s`.
    #[prost(uint32, repeated, tag = "1")]
    what: Vec<u32>,
    #[prost(uint32, repeated, tag = "2")]
    times_s: Vec<u32>,
    /// Bits of things that were ever looked for and answered, with yes or no.
    #[prost(uint32, tag = "3")]
    answered: u32,
}

impl Memory {
    /// Notes a yes at its time, and that there was an answer.
    pub(crate) fn note(&mut self, what: Noted, time: Timestamp) {
        self.answered |= 1 << what as u32;
        let time_s = seconds(time);
        let mut known = self.what.iter().zip(&mut self.times_s);
        if let Some((_, noted_s)) = known.find(|(known, _)| **known == what as u32) {
            *noted_s = time_s.max(*noted_s);
        } else {
            self.what.push(what as u32);
            self.times_s.push(time_s);
        }
    }

    /// Notes an answer, where there is one.
    pub(crate) fn answer(&mut self, what: Noted, answer: Option<bool>, time: Timestamp) {
        match answer {
            Some(true) => self.note(what, time),
            Some(false) => self.answered |= 1 << what as u32,
            None => {}
        }
    }

    /// Makes the newest sight of a thing this one; `None` when there was none.
    pub(crate) fn replace(&mut self, what: Noted, time: Option<Timestamp>) {
        self.answered |= 1 << what as u32;
        if let Some(place) = self.what.iter().position(|known| *known == what as u32) {
            self.what.remove(place);
            self.times_s.remove(place);
        }
        if let Some(time) = time {
            self.note(what, time);
        }
    }

    /// When a thing was last seen, in whole seconds.
    pub(crate) fn last_s(&self, what: Noted) -> Option<u32> {
        let mut known = self.what.iter().zip(&self.times_s);
        known.find(|(known, _)| **known == what as u32).map(|(_, time_s)| *time_s)
    }

    /// Whether the thing was noted within the memory before `now`.
    pub(crate) fn holds(&self, what: Noted, now: Timestamp) -> bool {
        let mut known = self.what.iter().zip(&self.times_s);
        let Some((_, time_s)) = known.find(|(known, _)| **known == what as u32) else {
            return false;
        };
        i64::from(seconds(now)) - i64::from(*time_s) <= MEMORY_S
    }

    /// As [`Memory::holds`]; `None` while there never was an answer.
    pub(crate) fn known(&self, what: Noted, now: Timestamp) -> Option<bool> {
        let is_answered = self.answered & (1 << what as u32) != 0;
        is_answered.then(|| self.holds(what, now))
    }
}

/// Whole seconds since 1970, as far as 32 bits reach: the year 2106.
pub(crate) fn seconds(time: Timestamp) -> u32 {
    let limit = i64::from(u32::MAX);
    u32::try_from(time.as_micros().div_euclid(1_000_000).clamp(0, limit)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_counts_for_thirty_days_and_a_late_note_does_not_shorten_it() {
        let (start, mut memory) =
            (Timestamp::from_micros(1_795_003_200_000_000), Memory::default());
        assert_eq!(memory.known(Noted::Tor, start), None);
        memory.answer(Noted::Tor, Some(false), start);
        assert_eq!(memory.known(Noted::Tor, start), Some(false));
        memory.note(Noted::Tor, start);
        memory.note(Noted::Tor, start.plus_seconds(-5));
        assert_eq!(memory.known(Noted::Tor, start.plus_seconds(MEMORY_S)), Some(true));
        assert_eq!(memory.known(Noted::Tor, start.plus_seconds(MEMORY_S + 1)), Some(false));
    }
}
