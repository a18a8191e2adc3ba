//! The JSON wire form: one object per event, in an object, an array or newline-delimited JSON.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::limits::{BATCH_EVENTS_MAX, DEPTH_MAX, EVENT_BYTES_MAX};
use crate::{Draft, EventError, FieldChange};

/// Why a body cannot be taken apart into events.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BatchError {
    #[error("body holds no event")]
    Empty,
    #[error("body holds more than {BATCH_EVENTS_MAX} events, the limit of one request")]
    TooMany,
    #[error("body is not valid UTF-8")]
    NotUtf8,
    #[error("body is neither a JSON object nor a JSON array: {0}")]
    NotJson(String),
}

/// Splits a JSON body: an object is one event, an array holds several.
pub fn split_json(body: &[u8]) -> Result<Vec<&str>, BatchError> {
    let text = std::str::from_utf8(body).map_err(|_| BatchError::NotUtf8)?.trim();
    if text.is_empty() {
        return Err(BatchError::Empty);
    }
    if !text.starts_with('[') {
        return Ok(vec![text]);
    }
    // An array of unread items is as deep as its deepest item, so this stays shallow.
    let items: Vec<&RawValue> =
        serde_json::from_str(text).map_err(|error| BatchError::NotJson(error.to_string()))?;
    sized(items.into_iter().map(RawValue::get).collect())
}

/// Splits newline-delimited JSON; blank lines are skipped.
pub fn split_lines(body: &[u8]) -> Result<Vec<&str>, BatchError> {
    let text = std::str::from_utf8(body).map_err(|_| BatchError::NotUtf8)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    sized(lines.take(BATCH_EVENTS_MAX + 1).collect())
}

fn sized(items: Vec<&str>) -> Result<Vec<&str>, BatchError> {
    match items.len() {
        0 => Err(BatchError::Empty),
        count if count > BATCH_EVENTS_MAX => Err(BatchError::TooMany),
        _ => Ok(items),
    }
}

/// Reads one event object. Unknown fields are errors: a misspelt field would be lost in silence.
pub fn read(text: &str) -> Result<Draft<'_>, EventError> {
    if text.len() > EVENT_BYTES_MAX {
        return Err(EventError::EventTooLong { found: text.len(), bytes_max: EVENT_BYTES_MAX });
    }
    if depth_of(text) > DEPTH_MAX {
        return Err(EventError::TooDeep { field: "event", depth_max: DEPTH_MAX });
    }
    let wire: WireEvent<'_> = serde_json::from_str(text)
        .map_err(|error| EventError::Malformed { reason: error.to_string() })?;
    Ok(wire.into_draft())
}

/// How deep brackets are nested in JSON text. Brackets inside strings do not count.
pub(crate) fn depth_of(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireEvent<'a> {
    #[serde(borrow, default)]
    event_id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    event_type: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    event_time: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    user_id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    ip: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    url: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    page_title: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    referer: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    user_agent: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    language: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    http_method: Option<Cow<'a, str>>,
    #[serde(default)]
    http_code: Option<u16>,
    #[serde(borrow, default)]
    email: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    phone: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    first_name: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    last_name: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    full_name: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    user_created: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    session_id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    payload: Option<&'a RawValue>,
    #[serde(default)]
    field_history: Vec<FieldChange>,
    #[serde(borrow, default)]
    amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    currency: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    custom: Option<&'a RawValue>,
}

impl<'a> WireEvent<'a> {
    fn into_draft(self) -> Draft<'a> {
        Draft {
            event_id: self.event_id,
            event_type: self.event_type,
            event_time: self.event_time,
            user_id: self.user_id,
            ip: self.ip,
            url: self.url,
            page_title: self.page_title,
            referer: self.referer,
            user_agent: self.user_agent,
            language: self.language,
            http_method: self.http_method,
            http_code: self.http_code.map(|code| Cow::Owned(code.to_string())),
            email: self.email,
            phone: self.phone,
            first_name: self.first_name,
            last_name: self.last_name,
            full_name: self.full_name,
            user_created: self.user_created,
            session_id: self.session_id,
            payload: self.payload.and_then(raw_text),
            // A JSON string and a JSON number are both welcome; floats never touch the amount.
            amount: self.amount.and_then(raw_text).map(|text| match text {
                Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches('"')),
                Cow::Owned(text) => Cow::Owned(text),
            }),
            currency: self.currency,
            custom: self.custom.and_then(raw_text),
            field_history: self.field_history,
            corrections: Vec::new(),
        }
    }
}

fn raw_text(raw: &RawValue) -> Option<Cow<'_, str>> {
    (raw.get() != "null").then(|| Cow::Borrowed(raw.get()))
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
