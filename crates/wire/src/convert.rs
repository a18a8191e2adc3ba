//! Events to and from their protobuf form.

use std::net::IpAddr;

use innerwall_event::{Event, EventDigest, EventKind, FieldChange, HttpMethod, Timestamp, UserId};
use uuid::Uuid;

use crate::event as proto;

/// Why a protobuf event is not an event.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{field} is invalid")]
pub struct EventDecodeError {
    pub field: &'static str,
}

impl From<&Event> for proto::Event {
    fn from(event: &Event) -> Self {
        let custom_kind = event.kind.custom_name().unwrap_or_default().to_owned();
        Self {
            id: event.id.into_bytes().to_vec(),
            client_id: event.client_id.clone(),
            digest: event.digest.0.to_vec(),
            received_at_us: event.received_at.as_micros(),
            time_us: event.time.as_micros(),
            user_id: event.user_id.0.clone(),
            ip: ip_bytes(event.ip),
            kind: u32::from(event.kind.number().unsigned_abs()),
            custom_kind,
            url: event.url.clone(),
            page_title: event.page_title.clone(),
            referer: event.referer.clone(),
            user_agent: event.user_agent.clone(),
            language: event.language.clone(),
            http_method: event
                .http_method
                .map_or(0, |method| u32::from(method.number().unsigned_abs())),
            http_code: event.http_code.map_or(0, u32::from),
            email: event.email.clone(),
            phone: event.phone.clone(),
            first_name: event.first_name.clone(),
            last_name: event.last_name.clone(),
            full_name: event.full_name.clone(),
            user_created_us: event.user_created.map(Timestamp::as_micros),
            session_id: event.session_id.clone(),
            trace_id: event.trace_id.clone(),
            payload: event.payload.clone(),
            field_history: event.field_history.iter().map(proto::FieldChange::from).collect(),
            amount_micros: event.amount_micros,
            currency: event.currency.clone(),
            custom: event.custom.clone(),
            corrections: event.corrections.clone(),
        }
    }
}

impl TryFrom<proto::Event> for Event {
    type Error = EventDecodeError;

    fn try_from(event: proto::Event) -> Result<Self, EventDecodeError> {
        let invalid = |field| EventDecodeError { field };
        Ok(Self {
            id: Uuid::from_slice(&event.id).map_err(|_| invalid("id"))?,
            client_id: event.client_id,
            digest: EventDigest(event.digest.try_into().map_err(|_| invalid("digest"))?),
            received_at: Timestamp::from_micros(event.received_at_us),
            time: Timestamp::from_micros(event.time_us),
            user_id: UserId(event.user_id),
            ip: ip_of(&event.ip).ok_or(invalid("ip"))?,
            kind: kind_of(event.kind, &event.custom_kind).ok_or(invalid("kind"))?,
            url: event.url,
            page_title: event.page_title,
            referer: event.referer,
            user_agent: event.user_agent,
            language: event.language,
            http_method: method_of(event.http_method).map_err(|()| invalid("http_method"))?,
            http_code: code_of(event.http_code).map_err(|()| invalid("http_code"))?,
            email: event.email,
            phone: event.phone,
            first_name: event.first_name,
            last_name: event.last_name,
            full_name: event.full_name,
            user_created: event.user_created_us.map(Timestamp::from_micros),
            session_id: event.session_id,
            trace_id: event.trace_id,
            payload: event.payload,
            field_history: event.field_history.into_iter().map(FieldChange::from).collect(),
            amount_micros: event.amount_micros,
            currency: event.currency,
            custom: event.custom,
            corrections: event.corrections,
        })
    }
}

impl From<&FieldChange> for proto::FieldChange {
    fn from(change: &FieldChange) -> Self {
        let FieldChange { field_id, field_name, old_value, new_value, parent_id, parent_name } =
            change.clone();
        Self { field_id, field_name, old_value, new_value, parent_id, parent_name }
    }
}

impl From<proto::FieldChange> for FieldChange {
    fn from(change: proto::FieldChange) -> Self {
        let proto::FieldChange {
            field_id,
            field_name,
            old_value,
            new_value,
            parent_id,
            parent_name,
        } = change;
        Self { field_id, field_name, old_value, new_value, parent_id, parent_name }
    }
}

fn ip_bytes(ip: IpAddr) -> Vec<u8> {
    match ip {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets().to_vec(),
    }
}

fn ip_of(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(v4) = <[u8; 4]>::try_from(bytes) {
        return Some(IpAddr::from(v4));
    }
    <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from)
}

fn kind_of(number: u32, custom: &str) -> Option<EventKind> {
    let custom = (!custom.is_empty()).then_some(custom);
    EventKind::from_stored(i16::try_from(number).ok()?, custom)
}

fn method_of(number: u32) -> Result<Option<HttpMethod>, ()> {
    if number == 0 {
        return Ok(None);
    }
    i16::try_from(number).ok().and_then(HttpMethod::from_number).map(Some).ok_or(())
}

fn code_of(code: u32) -> Result<Option<u16>, ()> {
    if code == 0 {
        return Ok(None);
    }
    u16::try_from(code).map(Some).map_err(|_| ())
}
