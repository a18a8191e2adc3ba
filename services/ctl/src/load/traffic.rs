//! The traffic of a whole product, one event after the other.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use uuid::{Builder, Uuid};

use super::crowd::{Crowd, Share};
use super::dice::Dice;
use super::label::Labels;
use super::pattern::Plot;
use super::session::Session;
use super::step::Stamp;

/// What was generated, beside its JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GeneratedEvent {
    /// The attack or life the event belongs to.
    pub(crate) plot: Plot,
}

/// A seeded source of events. The caller says what time it is.
pub(crate) struct Traffic {
    dice: Dice,
    crowd: Crowd,
    sessions: Vec<Option<Session>>,
    free_places: Vec<usize>,
    /// When the next step of each session is due.
    due: BinaryHeap<Reverse<(i64, usize)>>,
    /// The accounts of all scenes so far.
    pub(super) labels: Labels,
}

impl Traffic {
    /// All the traffic of so many ordinary users and the attackers beside them.
    #[cfg(test)]
    pub(crate) fn new(seed: u64, users: u32) -> Self {
        Self::of_share(seed, users, Share { index: 0, count: 1 })
    }

    /// A share of the traffic. There must be at least as many users as shares.
    pub(crate) fn of_share(seed: u64, users: u32, share: Share) -> Self {
        Self {
            dice: Dice::new(!seed, u64::from(share.index)),
            crowd: Crowd::new(seed, users.max(share.count), share),
            sessions: Vec::new(),
            free_places: Vec::new(),
            due: BinaryHeap::new(),
            labels: Labels::default(),
        }
    }

    /// Writes the next event as a JSON object at the end of `out`.
    ///
    /// The rate of the calls decides how many sessions run side by side: each keeps its own pace
    /// while there are enough users to go round, and is hurried when there are not.
    pub(crate) fn next(&mut self, now_us: i64, out: &mut String) -> GeneratedEvent {
        loop {
            let Some((place, mut session)) = self.take(now_us) else {
                continue;
            };
            let stamp = Stamp { id: self.id(now_us), time_us: now_us };
            let Some(told) = session.tell(&mut self.dice, stamp, out) else {
                self.crowd.rest(&session, now_us);
                self.free_places.push(place);
                continue;
            };
            self.due.push(Reverse((now_us + told.pause_us, place)));
            self.sessions[place] = Some(session);
            if let Some((user_id, label)) = told.label {
                self.labels.add(user_id, label);
            }
            return GeneratedEvent { plot: told.plot };
        }
    }

    /// Who is due; else somebody new; else who is due first.
    fn take(&mut self, now_us: i64) -> Option<(usize, Session)> {
        let is_due = |Reverse((due_us, _)): &Reverse<(i64, usize)>| *due_us <= now_us;
        if !self.due.peek().is_some_and(is_due)
            && let Some(session) = self.crowd.begin(&mut self.dice, now_us)
        {
            return Some((self.place(), session));
        }
        let Reverse((_, place)) = self.due.pop()?;
        let session = self.sessions.get_mut(place)?.take()?;
        Some((place, session))
    }

    fn place(&mut self) -> usize {
        self.free_places.pop().unwrap_or_else(|| {
            self.sessions.push(None);
            self.sessions.len() - 1
        })
    }

    /// Sorts by time, as ids that producers make with a UUID library of today do.
    fn id(&mut self, now_us: i64) -> Uuid {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.dice.bits().to_le_bytes());
        bytes[8..].copy_from_slice(&self.dice.bits().to_le_bytes()[..2]);
        let millis = u64::try_from(now_us / 1_000).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

#[cfg(test)]
#[path = "traffic_tests.rs"]
mod tests;
