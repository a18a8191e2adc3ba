//! What the event carries: payload, field history, custom fields.

use std::borrow::Cow;

use super::fields::{Fields, cut};
use crate::json::depth_of;
use crate::limits::{self, TextLimit};
use crate::{Correction, Draft, EventError, EventKind, FieldChange};

pub(super) struct Content {
    pub(super) payload: Option<String>,
    pub(super) field_history: Vec<FieldChange>,
    pub(super) custom: Option<String>,
}

pub(super) fn of(
    fields: &mut Fields,
    kind: &EventKind,
    draft: &mut Draft<'_>,
) -> Result<Content, EventError> {
    let field_history = std::mem::take(&mut draft.field_history);
    Ok(Content {
        payload: json_text(fields, limits::PAYLOAD, draft.payload.take())?,
        field_history: history(fields, kind, field_history)?,
        custom: json_text(fields, limits::CUSTOM, draft.custom.take())?,
    })
}

/// JSON cannot be cut, so what is too large or too deep is dropped where repair is allowed.
fn json_text(
    fields: &mut Fields,
    limit: TextLimit,
    sent: Option<Cow<'_, str>>,
) -> Result<Option<String>, EventError> {
    let Some(text) = fields.filled(sent) else {
        return Ok(None);
    };
    let TextLimit { field, bytes_max } = limit;
    let problem = if text.len() > bytes_max {
        Some(EventError::TooLong { field, found: text.len(), bytes_max })
    } else if depth_of(&text) > limits::DEPTH_MAX {
        Some(EventError::TooDeep { field, depth_max: limits::DEPTH_MAX })
    } else if text.contains("\\u0000") {
        // PostgreSQL cannot store it inside JSON.
        Some(EventError::Invalid { field, reason: "holds a NUL character".to_owned() })
    } else {
        None
    };
    match problem {
        None => Ok(Some(text.into_owned())),
        Some(error) if fields.refuses() => Err(error),
        Some(_) => {
            fields.correct(field, Correction::DROPPED);
            Ok(None)
        }
    }
}

fn history(
    fields: &mut Fields,
    kind: &EventKind,
    sent: Vec<FieldChange>,
) -> Result<Vec<FieldChange>, EventError> {
    let field = limits::FIELD_HISTORY_TEXT.field;
    if sent.len() > limits::FIELD_HISTORY_MAX && fields.refuses() {
        let items_max = limits::FIELD_HISTORY_MAX;
        return Err(EventError::TooMany { field, found: sent.len(), items_max });
    }
    if sent.is_empty() && *kind == EventKind::FieldEdit && !fields.refuses() {
        fields.correct(field, Correction::DROPPED);
    }
    if sent.len() > limits::FIELD_HISTORY_MAX {
        fields.correct(field, Correction::CUT);
    }
    sent.into_iter().take(limits::FIELD_HISTORY_MAX).map(|change| fit(fields, change)).collect()
}

fn fit(fields: &mut Fields, change: FieldChange) -> Result<FieldChange, EventError> {
    Ok(FieldChange {
        field_id: fit_text(fields, change.field_id)?,
        field_name: change.field_name.map(|text| fit_text(fields, text)).transpose()?,
        old_value: change.old_value.map(|text| fit_text(fields, text)).transpose()?,
        new_value: fit_text(fields, change.new_value)?,
        parent_id: change.parent_id.map(|text| fit_text(fields, text)).transpose()?,
        parent_name: change.parent_name.map(|text| fit_text(fields, text)).transpose()?,
    })
}

fn fit_text(fields: &mut Fields, text: String) -> Result<String, EventError> {
    let TextLimit { field, bytes_max } = limits::FIELD_HISTORY_TEXT;
    if text.len() > bytes_max && fields.refuses() {
        return Err(EventError::TooLong { field, found: text.len(), bytes_max });
    }
    if text.contains('\0') {
        fields.fault(field, Correction::NUL, "holds a NUL character".to_owned())?;
        return Ok(cut(&text.replace('\0', ""), bytes_max).to_owned());
    }
    if text.len() > bytes_max {
        fields.correct(field, Correction::CUT);
        return Ok(cut(&text, bytes_max).to_owned());
    }
    Ok(text)
}
