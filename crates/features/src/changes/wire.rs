//! Changes as bytes. Times are told as distances, which are short: a transaction spans seconds.

mod messages;

use std::collections::BTreeMap;
use std::net::IpAddr;

use innerwall_event::Timestamp;
use prost::Message;
use uuid::Uuid;

use self::messages::{
    ChangesMessage, EntityMessage, FieldMessage, HourMessage, LinkMessage, MinuteMessage,
    SessionMessage, SpanMessage, UsersMessage,
};
use super::{
    Changes, EntitySum, FieldEdit, FieldPlace, HourCounts, LinkSum, Members, Nature, SessionStart,
    SessionSum,
};
use crate::EntityKind;
use crate::entity::EntityId;
use crate::tag::Tags;

/// Why bytes are not changes.
#[derive(Debug, thiserror::Error)]
pub enum ChangesError {
    #[error("changes cannot be decoded: {0}")]
    Undecodable(#[from] prost::DecodeError),
    #[error("changes hold {what} that cannot be")]
    Impossible { what: &'static str },
}

/// What times are told from.
#[derive(Clone, Copy)]
struct Base(i64);

impl Changes {
    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let firsts = self.entities.values().map(|sum| sum.first_seen);
        let firsts = firsts.chain(self.sessions.values().map(|sum| sum.start.at));
        let base = Base(firsts.min().unwrap_or_default().as_micros());
        let minute = |(&(minute, kind), &events): (&(u32, i16), &u32)| MinuteMessage {
            minute,
            kind: kind.into(),
            events,
        };
        ChangesMessage {
            base_us: base.0,
            entities: self.entities.iter().map(|(id, sum)| base.entity(*id, sum)).collect(),
            users: self.users(),
            sessions: self.sessions.iter().map(|(id, sum)| base.session(*id, sum)).collect(),
            fields: self.fields.iter().map(|(place, edit)| base.field(*place, edit)).collect(),
            minutes: self.minutes.iter().map(minute).collect(),
        }
        .encode_to_vec()
    }

    /// Reads the stored form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ChangesError> {
        let message = ChangesMessage::decode(bytes)?;
        let base = Base(message.base_us);
        let mut changes = Self::default();
        for entity in message.entities {
            let (id, sum) = base.read_entity(entity)?;
            changes.entities.insert(id, sum);
        }
        for users in message.users {
            changes.active_users.extend(users.active.into_iter().map(|user| (users.hour, user)));
            if users.fresh > 0 {
                changes.fresh_users.insert(users.hour, users.fresh);
            }
        }
        for session in message.sessions {
            let id = (session.user_no, session.number);
            changes.sessions.insert(id, base.read_session(&session)?);
        }
        for field in message.fields {
            let (place, edit) = base.read_field(field)?;
            changes.fields.insert(place, edit);
        }
        for MinuteMessage { minute, kind, events } in message.minutes {
            let kind = i16::try_from(kind).map_err(|_| impossible("a type of event"))?;
            changes.minutes.insert((minute, kind), events);
        }
        Ok(changes)
    }

    fn users(&self) -> Vec<UsersMessage> {
        let mut hours: Vec<UsersMessage> = Vec::new();
        for (hour, user_no) in &self.active_users {
            match hours.last_mut().filter(|last| last.hour == *hour) {
                Some(last) => last.active.push(*user_no),
                None => hours.push(UsersMessage {
                    hour: *hour,
                    fresh: self.fresh_users.get(hour).copied().unwrap_or_default(),
                    active: vec![*user_no],
                }),
            }
        }
        hours
    }
}

impl Base {
    fn span(self, first: Timestamp, last: Timestamp) -> SpanMessage {
        let length_us = (last.as_micros() - first.as_micros()).unsigned_abs();
        SpanMessage { first_us: first.as_micros() - self.0, length_us }
    }

    fn read_span(self, span: SpanMessage) -> Result<(Timestamp, Timestamp), ChangesError> {
        let first = self.0.checked_add(span.first_us).ok_or(impossible("a time"))?;
        let last = first.checked_add_unsigned(span.length_us).ok_or(impossible("a time"))?;
        Ok((Timestamp::from_micros(first), Timestamp::from_micros(last)))
    }

    fn entity(self, id: EntityId, sum: &EntitySum) -> EntityMessage {
        let hour = |(&(hour, is_remarkable), counts): (&(u32, bool), &HourCounts)| {
            let HourCounts { normal, editing, alert } = *counts;
            HourMessage { hour, is_remarkable, normal, editing, alert }
        };
        let link = |(&user_no, link): (&i64, &LinkSum)| LinkMessage {
            user_no,
            events: link.events,
            span: self.span(link.first_seen, link.last_seen),
        };
        EntityMessage {
            kind: id.kind.number().unsigned_abs().into(),
            id: id.id,
            key: sum.key.clone(),
            label: sum.nature.label.clone(),
            parent: sum.nature.parent,
            country: sum.nature.country,
            tags: sum.nature.tags.bits(),
            span: self.span(sum.first_seen, sum.last_seen),
            hours: sum.hours.iter().map(hour).collect(),
            links: sum.links.iter().map(link).collect(),
        }
    }

    fn read_entity(self, found: EntityMessage) -> Result<(EntityId, EntitySum), ChangesError> {
        let kind = i16::try_from(found.kind).ok().and_then(EntityKind::from_number);
        let kind = kind.ok_or(impossible("a kind of thing"))?;
        let (first_seen, last_seen) = self.read_span(found.span)?;
        let nature = Nature {
            label: found.label,
            parent: found.parent,
            country: found.country,
            tags: Tags::from_bits(found.tags),
        };
        let mut sum = EntitySum {
            key: found.key,
            nature,
            first_seen,
            last_seen,
            hours: BTreeMap::new(),
            links: BTreeMap::new(),
        };
        for HourMessage { hour, is_remarkable, normal, editing, alert } in found.hours {
            sum.hours.insert((hour, is_remarkable), HourCounts { normal, editing, alert });
        }
        for link in found.links {
            let (first_seen, last_seen) = self.read_span(link.span)?;
            let events = link.events;
            sum.links.insert(link.user_no, LinkSum { events, first_seen, last_seen });
        }
        Ok((EntityId { kind, id: found.id }, sum))
    }

    fn session(self, (user_no, number): (i64, u32), sum: &SessionSum) -> SessionMessage {
        let ip = match sum.start.ip {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets().to_vec(),
        };
        SessionMessage {
            user_no,
            number,
            span: self.span(sum.start.at, sum.ended_at),
            events: sum.events,
            alerts: sum.alerts,
            login_failures: sum.login_failures,
            addresses: sum.addresses.hashes().collect(),
            devices: sum.devices.hashes().collect(),
            ip,
            country: sum.start.country,
            device: sum.start.device,
        }
    }

    fn read_session(self, found: &SessionMessage) -> Result<SessionSum, ChangesError> {
        let v4 = <[u8; 4]>::try_from(found.ip.as_slice()).map(IpAddr::from);
        let v6 = <[u8; 16]>::try_from(found.ip.as_slice()).map(IpAddr::from);
        let ip = v4.or(v6).map_err(|_| impossible("an address"))?;
        let (at, ended_at) = self.read_span(found.span)?;
        Ok(SessionSum {
            start: SessionStart { at, ip, country: found.country, device: found.device },
            ended_at,
            events: found.events,
            alerts: found.alerts,
            login_failures: found.login_failures,
            addresses: Members::of(found.addresses.iter().copied()),
            devices: Members::of(found.devices.iter().copied()),
        })
    }

    fn field(self, place: FieldPlace, edit: &FieldEdit) -> FieldMessage {
        FieldMessage {
            time_us: place.time.as_micros() - self.0,
            event_id: place.event_id.as_bytes().to_vec(),
            place: place.place.into(),
            field: edit.field,
            user_no: edit.user_no,
            old_value: edit.old_value.clone(),
            new_value: edit.new_value.clone(),
            parent_id: edit.parent_id.clone(),
            parent_name: edit.parent_name.clone(),
        }
    }

    fn read_field(self, found: FieldMessage) -> Result<(FieldPlace, FieldEdit), ChangesError> {
        let time = self.0.checked_add(found.time_us).ok_or(impossible("a time"))?;
        let place = FieldPlace {
            time: Timestamp::from_micros(time),
            event_id: Uuid::from_slice(&found.event_id).map_err(|_| impossible("an event id"))?,
            place: i16::try_from(found.place).map_err(|_| impossible("a place"))?,
        };
        let edit = FieldEdit {
            field: found.field,
            user_no: found.user_no,
            old_value: found.old_value,
            new_value: found.new_value,
            parent_id: found.parent_id,
            parent_name: found.parent_name,
        };
        Ok((place, edit))
    }
}

fn impossible(what: &'static str) -> ChangesError {
    ChangesError::Impossible { what }
}
