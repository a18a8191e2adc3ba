//! The trackers' wire form: fields with bracketed keys for nested values, URL-encoded or in parts.

mod multipart;
mod parameter;
mod tree;

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::limits::FORM_FIELDS_MAX;
use crate::{Correction, Draft, EventKind, FieldChange};
use tree::{Node, insert};

pub use multipart::MultipartError;

/// A form as read: the draft of the event, and what travels beside it.
#[derive(Debug, Default)]
pub struct Form {
    pub draft: Draft<'static>,
    /// Key sent in the body instead of the header.
    pub key: Option<String>,
    /// Whether the sender wants to know if the address is blocked.
    pub wants_blacklisting: bool,
}

/// Reads a URL-encoded body. Nothing in it is an error: what cannot be read is left out and noted.
pub fn read(body: &[u8]) -> Form {
    from_fields(form_urlencoded::parse(body))
}

/// Reads a `multipart/form-data` body; the content type names the boundary of its parts.
pub fn read_multipart(content_type: &str, body: &[u8]) -> Result<Form, MultipartError> {
    let fields = multipart::fields(content_type, body)?;
    Ok(from_fields(fields.into_iter().map(|(key, value)| (key.into(), value.into()))))
}

fn from_fields<'b>(fields: impl Iterator<Item = (Cow<'b, str>, Cow<'b, str>)>) -> Form {
    let mut root = Vec::new();
    let mut corrections = Vec::new();
    for (index, (key, value)) in fields.enumerate() {
        if index >= FORM_FIELDS_MAX {
            corrections.push(Correction { field: "form", action: Correction::CUT });
            break;
        }
        insert(&mut root, &key, value.into_owned());
    }
    let mut form = Form::default();
    for (name, node) in root {
        place(&mut form, &name, node);
    }
    form.draft.corrections.append(&mut corrections);
    form.draft.payload = normal_payload(&mut form.draft);
    form
}

fn place(form: &mut Form, name: &str, node: Node) {
    if name == "payload" {
        form.draft.payload = node.into_json().map(|value| Cow::Owned(value.to_string()));
        return;
    }
    if name == "fieldHistory" {
        form.draft.field_history = field_history(node, &mut form.draft.corrections);
        return;
    }
    let text = node.into_text();
    match name {
        "key" => form.key = Some(text),
        "blacklisting" => form.wants_blacklisting = is_yes(&text),
        _ => {
            if let Some(field) = field_named(&mut form.draft, name) {
                *field = Some(Cow::Owned(text));
            }
        }
    }
}

fn is_yes(text: &str) -> bool {
    ["1", "true", "yes", "on"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn field_named<'d>(
    draft: &'d mut Draft<'static>,
    name: &str,
) -> Option<&'d mut Option<Cow<'static, str>>> {
    Some(match name {
        "userName" => &mut draft.user_id,
        "emailAddress" => &mut draft.email,
        "ipAddress" => &mut draft.ip,
        "url" => &mut draft.url,
        "eventTime" => &mut draft.event_time,
        "userAgent" => &mut draft.user_agent,
        "firstName" => &mut draft.first_name,
        "lastName" => &mut draft.last_name,
        "fullName" => &mut draft.full_name,
        "pageTitle" => &mut draft.page_title,
        "phoneNumber" => &mut draft.phone,
        "httpReferer" => &mut draft.referer,
        "httpMethod" => &mut draft.http_method,
        "httpCode" => &mut draft.http_code,
        "browserLanguage" => &mut draft.language,
        "eventType" => &mut draft.event_type,
        "userCreated" => &mut draft.user_created,
        _ => return None,
    })
}

/// Keeps the payload of the two types that have one, in the shape the trackers document.
fn normal_payload(draft: &mut Draft<'static>) -> Option<Cow<'static, str>> {
    let sent = draft.payload.take();
    let kind = EventKind::parse(draft.event_type.as_deref().unwrap_or_default());
    let (required, optional): (&[&str], &[&str]) = match kind {
        Ok(EventKind::PageSearch) => (&["field_id", "value"], &["field_name"]),
        Ok(EventKind::AccountEmailChange) => (&["new_value"], &["old_value"]),
        Ok(_) | Err(_) => return None,
    };
    let Some(object) = sent.as_deref().and_then(one_object) else {
        draft.corrections.push(Correction { field: "payload", action: Correction::DROPPED });
        return None;
    };
    let mut kept = Map::new();
    for key in required {
        let value = text_of(&object, key).unwrap_or_else(|| {
            draft.corrections.push(Correction { field: "payload", action: Correction::UNKNOWN });
            "unknown".to_owned()
        });
        kept.insert((*key).to_owned(), Value::String(value));
    }
    for key in optional {
        if let Some(value) = text_of(&object, key) {
            kept.insert((*key).to_owned(), Value::String(value));
        }
    }
    Some(Cow::Owned(Value::Object(kept).to_string()))
}

/// One tracker sends the object inside a list of one.
fn one_object(json: &str) -> Option<Map<String, Value>> {
    let value: Value = serde_json::from_str(json).ok()?;
    let is_wrapped = value.as_array().is_some_and(|items| items.len() == 1);
    let inner = if is_wrapped { value.get(0)? } else { &value };
    inner.as_object().cloned()
}

fn field_history(node: Node, corrections: &mut Vec<Correction>) -> Vec<FieldChange> {
    let value = node.into_json().unwrap_or_default();
    // A single change may come without its list.
    let single = std::slice::from_ref(&value);
    let listed: &[Value] = value.as_array().map_or(&[], Vec::as_slice);
    let members = if value.is_object() { single } else { listed };
    let mut changes = Vec::with_capacity(members.len());
    for member in members {
        let Some(change) = member.as_object() else {
            corrections.push(Correction { field: "field_history", action: Correction::DROPPED });
            continue;
        };
        changes.push(change_of(change));
        if ["field_id", "new_value"].iter().any(|key| text_of(change, key).is_none()) {
            corrections.push(Correction { field: "field_history", action: Correction::UNKNOWN });
        }
    }
    changes
}

fn change_of(change: &Map<String, Value>) -> FieldChange {
    let required = |key| text_of(change, key).unwrap_or_else(|| "unknown".to_owned());
    FieldChange {
        field_id: required("field_id"),
        field_name: text_of(change, "field_name"),
        old_value: text_of(change, "old_value"),
        new_value: required("new_value"),
        parent_id: text_of(change, "parent_id"),
        parent_name: text_of(change, "parent_name"),
    }
}

/// A member as text the way the trackers' language prints it: `true` is "1", `false` is "".
fn text_of(object: &Map<String, Value>, key: &str) -> Option<String> {
    let value = object.get(key).filter(|value| !value.is_null())?;
    let text = match (value.as_str(), value.as_bool()) {
        (Some(text), _) => text.to_owned(),
        (None, Some(true)) => "1".to_owned(),
        (None, Some(false)) => String::new(),
        (None, None) => value.to_string(),
    };
    Some(text)
}

#[cfg(test)]
mod tests;
