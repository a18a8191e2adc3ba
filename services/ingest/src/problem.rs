//! Errors as RFC 9457 problem details.

#[cfg(test)]
mod catalogue;
mod code;

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{ALLOW, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use innerwall_event::EventError;
use innerwall_storage::StorageError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::AuthError;
use crate::body::BodyError;
use crate::decide::DeadlineError;
use crate::delivery::DeliveryError;
use crate::routes::events::EventResult;

pub(crate) use self::code::Code;

/// What went wrong, in the form of RFC 9457.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`; `code` tells problems apart.
    #[serde(rename = "type")]
    #[schema(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    pub(crate) status: u16,
    /// What happened and what to do.
    pub(crate) detail: String,
    /// Stable name of the problem.
    #[schema(value_type = String)]
    pub(crate) code: Code,
    /// One entry per refused event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) events: Vec<EventResult>,
    #[serde(skip)]
    pub(crate) retry_after_s: Option<u32>,
    /// Methods that the path has.
    #[serde(skip)]
    pub(crate) allowed: Option<Box<str>>,
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        let status = code.status();
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            code,
            events: Vec::new(),
            retry_after_s: None,
            allowed: None,
        }
    }

    pub(crate) fn wrong_method(method: &Method, allowed: &str) -> Self {
        let detail = format!("{method} is not possible here, use {allowed}");
        let problem = Self::new(Code::MethodNotAllowed, detail);
        Self { allowed: Some(allowed.into()), ..problem }
    }

    fn retry(mut self, after: Duration) -> Self {
        // Rounded up: a wait that is a moment too short would be refused again.
        self.retry_after_s = Some(u32::try_from(after.as_secs() + 1).unwrap_or(u32::MAX));
        self
    }

    /// The one event of a request is at fault.
    pub(crate) fn event_invalid(error: &EventError) -> Self {
        let problem = Self::new(Code::EventsInvalid, error.to_string());
        Self { events: vec![EventResult::invalid(0, error)], ..problem }
    }

    /// Nobody can wait so long, or so short.
    pub(crate) fn deadline_invalid(error: &DeadlineError) -> Self {
        Self::new(Code::DeadlineInvalid, error.to_string())
    }

    /// Other content took effect under the id before.
    pub(crate) fn event_conflict(event_id: &str) -> Self {
        let detail = format!("the id {event_id} belongs to an event with other content");
        Self::new(Code::EventConflict, detail)
    }

    /// Nobody asked about such an event.
    pub(crate) fn decision_unknown() -> Self {
        let detail = "no verdict about an event of this id was asked for";
        Self::new(Code::DecisionUnknown, detail)
    }

    /// The database does not tell verdicts right now.
    pub(crate) fn verdicts_unavailable(error: &StorageError) -> Self {
        tracing::warn!(%error, "verdicts cannot be read");
        let detail = "verdicts cannot be read right now";
        Self::new(Code::VerdictsUnavailable, detail).retry(Duration::from_secs(1))
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The answer with the problem as its body.
    pub(crate) fn response(&self) -> HttpResponse {
        self.builder().content_type("application/problem+json").json(self)
    }

    /// The answer with an empty body: one of the trackers prints bodies into its host's pages.
    pub(crate) fn silent_response(&self) -> HttpResponse {
        let text: String =
            self.detail.chars().map(|c| if c.is_ascii_graphic() { c } else { ' ' }).collect();
        self.builder().insert_header(("X-Error", text)).finish()
    }

    fn builder(&self) -> actix_web::HttpResponseBuilder {
        metrics::counter!("innerwall_requests_refused_total", "code" => self.code.name())
            .increment(1);
        let mut builder = HttpResponse::build(self.status());
        if let Some(seconds) = self.retry_after_s {
            builder.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        if let Some(allowed) = &self.allowed {
            builder.insert_header((ALLOW, &**allowed));
        }
        builder
    }
}

impl From<&AuthError> for Problem {
    fn from(error: &AuthError) -> Self {
        match error {
            AuthError::Missing => Self::new(Code::KeyMissing, error.to_string()),
            AuthError::Unknown => Self::new(Code::KeyUnknown, error.to_string()),
            AuthError::Unavailable(cause) => {
                tracing::warn!(error = %cause, "keys cannot be checked");
                let detail = "the key cannot be checked right now";
                Self::new(Code::KeyUnchecked, detail).retry(Duration::from_secs(1))
            }
            AuthError::TooMany { retry_after, .. } => {
                Self::new(Code::RateLimited, error.to_string()).retry(*retry_after)
            }
        }
    }
}

impl From<&BodyError> for Problem {
    fn from(error: &BodyError) -> Self {
        let code = match error {
            BodyError::TooLarge => Code::BodyTooLarge,
            BodyError::TooSlow => Code::BodyTooSlow,
            BodyError::Encoding(_) => Code::EncodingUnknown,
            BodyError::NotGzip => Code::GzipInvalid,
            BodyError::NotZstd => Code::ZstdInvalid,
            BodyError::Broken => Code::BodyBroken,
        };
        Self::new(code, error.to_string())
    }
}

impl From<&DeliveryError> for Problem {
    fn from(error: &DeliveryError) -> Self {
        let code = match error {
            DeliveryError::Overloaded => Code::Overloaded,
            DeliveryError::Unconfirmed => Code::Unconfirmed,
            DeliveryError::Unavailable => Code::BrokerUnavailable,
        };
        Self::new(code, error.to_string()).retry(Duration::from_secs(1))
    }
}
