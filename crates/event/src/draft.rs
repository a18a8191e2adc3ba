//! What a producer sent, before it is judged.

use std::borrow::Cow;

use crate::{Correction, FieldChange};

/// The fields of one event as text. Both wire forms become a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft<'a> {
    pub event_id: Option<Cow<'a, str>>,
    pub event_type: Option<Cow<'a, str>>,
    pub event_time: Option<Cow<'a, str>>,
    pub user_id: Option<Cow<'a, str>>,
    pub ip: Option<Cow<'a, str>>,
    pub url: Option<Cow<'a, str>>,
    pub page_title: Option<Cow<'a, str>>,
    pub referer: Option<Cow<'a, str>>,
    pub user_agent: Option<Cow<'a, str>>,
    pub language: Option<Cow<'a, str>>,
    pub http_method: Option<Cow<'a, str>>,
    pub http_code: Option<Cow<'a, str>>,
    pub email: Option<Cow<'a, str>>,
    pub phone: Option<Cow<'a, str>>,
    pub first_name: Option<Cow<'a, str>>,
    pub last_name: Option<Cow<'a, str>>,
    pub full_name: Option<Cow<'a, str>>,
    pub user_created: Option<Cow<'a, str>>,
    pub session_id: Option<Cow<'a, str>>,
    pub payload: Option<Cow<'a, str>>,
    pub amount: Option<Cow<'a, str>>,
    pub currency: Option<Cow<'a, str>>,
    pub custom: Option<Cow<'a, str>>,
    pub field_history: Vec<FieldChange>,
    /// Repairs already made while reading the form.
    pub corrections: Vec<Correction>,
}

impl Draft<'_> {
    /// Every text field in a fixed order: the input of the digest.
    pub(crate) fn texts(&self) -> [Option<&str>; 23] {
        [
            &self.event_id,
            &self.event_type,
            &self.event_time,
            &self.user_id,
            &self.ip,
            &self.url,
            &self.page_title,
            &self.referer,
            &self.user_agent,
            &self.language,
            &self.http_method,
            &self.http_code,
            &self.email,
            &self.phone,
            &self.first_name,
            &self.last_name,
            &self.full_name,
            &self.user_created,
            &self.session_id,
            &self.payload,
            &self.amount,
            &self.currency,
            &self.custom,
        ]
        .map(Option::as_deref)
    }
}
