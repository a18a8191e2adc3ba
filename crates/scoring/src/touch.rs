//! Which things an event touches, and what it adds to each.

pub(crate) mod things;

use innerwall_event::{Event, EventKind, Severity, stable_hash64};
use innerwall_features::changes::{
    Changes, FieldEdit, FieldPlace, Members, SessionStart, SessionSum, hour_of, minute_of,
};
use innerwall_features::{EntityId, EntityKind, Lists, State, Surroundings, entity_key};

/// A scored event with what its things are named by.
#[derive(Clone, Copy, Debug)]
pub struct Touch<'a> {
    /// As it is stored ([`crate::reduce`]).
    pub event: &'a Event,
    pub around: &'a Surroundings,
    pub user_no: i64,
    /// Number of the user's session.
    pub session: u32,
    /// Number of the event among those of its user, from 1.
    pub sequence: u32,
    /// What is known of the user after the event; contact details are enough.
    pub known: &'a State,
    pub lists: &'a Lists,
    /// Who runs the network.
    pub network: Option<&'a str>,
    /// The device in words.
    pub device: &'a str,
}

impl Touch<'_> {
    /// Adds what the event changes.
    pub fn add_to(&self, changes: &mut Changes) {
        let event = self.event;
        let hour = hour_of(event.time);
        changes.active_users.insert((hour, self.user_no));
        if self.sequence == 1 {
            *changes.fresh_users.entry(hour).or_default() += 1;
        }
        let minute = (minute_of(event.time), event.kind.number());
        *changes.minutes.entry(minute).or_default() += 1;
        changes.add_session((self.user_no, self.session), self.session_sum());
        self.add_edits(changes);
        things::add(self, changes);
    }

    fn session_sum(&self) -> SessionSum {
        let (event, facts) = (self.event, self.around);
        let ip = event.ip.to_canonical();
        let start = SessionStart {
            at: event.time,
            ip,
            country: facts.address.country,
            device: facts.device.id,
        };
        SessionSum {
            start,
            ended_at: event.time,
            events: 1,
            alerts: u32::from(event.kind.severity() == Severity::Alert),
            login_failures: u32::from(event.kind == EventKind::AccountLoginFail),
            addresses: Members::of([short_hash(ip.to_string().as_bytes())]),
            devices: Members::of([short_hash(&facts.device.id.to_le_bytes())]),
        }
    }

    /// What the product refused has changed nothing.
    fn add_edits(&self, changes: &mut Changes) {
        let event = self.event;
        if event.has_failed() {
            return;
        }
        for (place, change) in event.field_history.iter().enumerate() {
            let place = FieldPlace {
                time: event.time,
                event_id: event.id,
                place: i16::try_from(place).unwrap_or(i16::MAX),
            };
            let text = |text: &String| text.replace('\0', "");
            let edit = FieldEdit {
                field: EntityId::of(EntityKind::Field, &entity_key(&change.field_id)).id,
                user_no: self.user_no,
                old_value: change.old_value.as_ref().map(text),
                new_value: text(&change.new_value),
                parent_id: change.parent_id.as_ref().map(text),
                parent_name: change.parent_name.as_ref().map(text),
            };
            changes.fields.insert(place, edit);
        }
    }
}

/// 32 bits are enough to tell a handful apart.
fn short_hash(bytes: &[u8]) -> u32 {
    u32::try_from(stable_hash64(&[bytes]) >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests;
