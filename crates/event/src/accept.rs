//! From a draft to an event: validation, and repair where the wire form calls for it.

mod content;
mod fields;
mod identity;

use std::borrow::Cow;

use uuid::Uuid;

use crate::digest::{EventDigest, event_id_of_name};
use crate::{
    Correction, Draft, Event, EventError, EventKind, HttpMethod, TenantId, Timestamp, limits,
};
use fields::Fields;

/// What the gateway knows about an event beyond its content.
#[derive(Clone, Copy, Debug)]
pub struct Receipt {
    pub tenant: TenantId,
    pub at: Timestamp,
    /// Id for an event that came without one.
    pub fresh_id: Uuid,
}

/// What happens to a field that breaks a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// The event is refused and the error names the field.
    Refuse,
    /// The field is repaired and the event kept: existing trackers never retry, so a refusal
    /// would lose the event.
    Repair,
}

/// Judges a draft. In [`Strictness::Repair`] only a missing address or URL is an error.
pub fn accept(
    draft: Draft<'_>,
    receipt: Receipt,
    strictness: Strictness,
) -> Result<Event, EventError> {
    let digest = EventDigest::of(&draft);
    let mut draft = draft;
    let mut fields = Fields::new(strictness, std::mem::take(&mut draft.corrections));
    let ip = fields.ip(draft.ip.take())?;
    require_url(&draft, strictness)?;
    let email = identity::email(&mut fields, draft.email.take())?;
    let user_id = identity::user_id(&mut fields, draft.user_id.take(), email.as_deref())?;
    let http_code = fields.http_code(draft.http_code.take())?;
    let kind = fields.kind(draft.event_type.take(), http_code)?;
    let client_id = fields.text(limits::EVENT_ID, draft.event_id.take())?;
    let content = content::of(&mut fields, &kind, &mut draft)?;
    Ok(Event {
        id: client_id
            .as_deref()
            .map_or(receipt.fresh_id, |name| event_id_of_name(receipt.tenant, name)),
        client_id,
        digest,
        received_at: receipt.at,
        time: event_time(&mut fields, draft.event_time.take(), receipt.at)?,
        user_id,
        ip,
        kind,
        url: fields.text(limits::URL, draft.url)?,
        page_title: fields.text(limits::PAGE_TITLE, draft.page_title)?,
        referer: fields.text(limits::REFERER, draft.referer)?,
        user_agent: fields.text(limits::USER_AGENT, draft.user_agent)?,
        language: fields.text(limits::LANGUAGE, draft.language)?,
        http_method: http_method(&mut fields, draft.http_method)?,
        http_code,
        email,
        phone: fields.text(limits::PHONE, draft.phone.map(without_spaces))?,
        first_name: fields.text(limits::FIRST_NAME, draft.first_name)?,
        last_name: fields.text(limits::LAST_NAME, draft.last_name)?,
        full_name: fields.text(limits::FULL_NAME, draft.full_name)?,
        user_created: user_created(&mut fields, draft.user_created, receipt.at)?,
        session_id: fields.text(limits::SESSION_ID, draft.session_id)?,
        trace_id: None,
        payload: content.payload,
        field_history: content.field_history,
        amount_micros: fields.amount(draft.amount)?,
        currency: fields.currency(draft.currency)?,
        custom: content.custom,
        corrections: fields.into_corrections(),
    })
}

/// Trackers must say which page; the JSON interface may send events without one.
fn require_url(draft: &Draft<'_>, strictness: Strictness) -> Result<(), EventError> {
    match strictness {
        Strictness::Repair if draft.url.is_none() => Err(EventError::Missing { field: "url" }),
        Strictness::Repair | Strictness::Refuse => Ok(()),
    }
}

fn event_time(
    fields: &mut Fields,
    sent: Option<Cow<'_, str>>,
    received_at: Timestamp,
) -> Result<Timestamp, EventError> {
    let sent = fields.filled(sent);
    if sent.is_none() && fields.refuses() {
        return Ok(received_at);
    }
    let problem = match fields.parse_time(sent.as_deref().unwrap_or_default()) {
        Err(error) => error.to_string(),
        Ok(time) => match out_of_range(time, received_at) {
            None => return Ok(time),
            Some(problem) => problem.to_owned(),
        },
    };
    fields.fault("event_time", Correction::RECEIPT, problem)?;
    Ok(received_at)
}

/// Bounds how far one producer with a wrong clock can spread the stored partitions.
fn out_of_range(time: Timestamp, received_at: Timestamp) -> Option<&'static str> {
    let ahead_us = time.as_micros().saturating_sub(received_at.as_micros());
    if ahead_us > limits::AHEAD_US_MAX {
        Some("more than 1 day in the future")
    } else if ahead_us < -limits::AGE_US_MAX {
        Some("more than 3 years in the past")
    } else {
        None
    }
}

fn user_created(
    fields: &mut Fields,
    sent: Option<Cow<'_, str>>,
    received_at: Timestamp,
) -> Result<Option<Timestamp>, EventError> {
    let Some(text) = fields.filled(sent) else {
        return Ok(None);
    };
    let problem = match fields.parse_time(&text) {
        Err(error) => error.to_string(),
        Ok(time) if time.as_micros() - received_at.as_micros() > limits::AHEAD_US_MAX => {
            "more than 1 day in the future".to_owned()
        }
        Ok(time) => return Ok(Some(time)),
    };
    fields.fault("user_created", Correction::DROPPED, problem)?;
    Ok(None)
}

fn http_method(
    fields: &mut Fields,
    sent: Option<Cow<'_, str>>,
) -> Result<Option<HttpMethod>, EventError> {
    let Some(text) = fields.filled(sent) else {
        return Ok(None);
    };
    let method = HttpMethod::parse(&text);
    if method.is_none() && fields.refuses() {
        fields.fault("http_method", Correction::DROPPED, "not an HTTP method".to_owned())?;
    }
    Ok(method)
}

fn without_spaces(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(' ') { Cow::Owned(text.replace(' ', "")) } else { text }
}

/// The declared type stands whatever the HTTP code: a failed login answered with 401 is a failed
/// login. Only an undeclared or plain page view becomes an error page.
fn kind_with_code(declared: EventKind, http_code: Option<u16>) -> EventKind {
    let has_failed = http_code.is_some_and(|code| code >= 400);
    if has_failed && declared == EventKind::PageView { EventKind::PageError } else { declared }
}

#[cfg(test)]
#[path = "accept/tests.rs"]
mod tests;
