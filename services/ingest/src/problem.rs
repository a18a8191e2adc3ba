//! Errors as RFC 9457 problem details.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::AuthError;
use crate::body::BodyError;
use crate::delivery::DeliveryError;

/// Shortest time a refused producer is asked to wait.
const RETRY_AFTER_S_MIN: u64 = 1;

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
    pub(crate) code: &'static str,
    /// One entry per refused event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) events: Vec<crate::routes::events::EventResult>,
    #[serde(skip)]
    pub(crate) retry_after: Option<Duration>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            code,
            events: Vec::new(),
            retry_after: None,
        }
    }

    fn retry(mut self, after: Duration) -> Self {
        self.retry_after = Some(after);
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn retry_after_s(&self) -> Option<u64> {
        self.retry_after.map(|after| (after.as_secs() + 1).max(RETRY_AFTER_S_MIN))
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
        metrics::counter!("innerwall_requests_refused_total", "code" => self.code).increment(1);
        let mut builder = HttpResponse::build(self.status());
        if let Some(seconds) = self.retry_after_s() {
            builder.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        builder
    }
}

impl From<&AuthError> for Problem {
    fn from(error: &AuthError) -> Self {
        match error {
            AuthError::Missing => {
                Self::new(StatusCode::UNAUTHORIZED, "key_missing", error.to_string())
            }
            AuthError::Unknown => {
                Self::new(StatusCode::UNAUTHORIZED, "key_unknown", error.to_string())
            }
            AuthError::Unavailable(cause) => {
                tracing::warn!(error = %cause, "keys cannot be checked");
                let detail = "the key cannot be checked right now";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "key_unchecked", detail)
                    .retry(Duration::from_secs(1))
            }
            AuthError::TooMany { retry_after, .. } => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", error.to_string())
                    .retry(*retry_after)
            }
        }
    }
}

impl From<&BodyError> for Problem {
    fn from(error: &BodyError) -> Self {
        let (status, code) = match error {
            BodyError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large"),
            BodyError::TooSlow => (StatusCode::REQUEST_TIMEOUT, "body_too_slow"),
            BodyError::Encoding(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "encoding_unknown"),
            BodyError::NotGzip => (StatusCode::BAD_REQUEST, "gzip_invalid"),
            BodyError::NotZstd => (StatusCode::BAD_REQUEST, "zstd_invalid"),
            BodyError::Broken => (StatusCode::BAD_REQUEST, "body_broken"),
        };
        Self::new(status, code, error.to_string())
    }
}

impl From<&DeliveryError> for Problem {
    fn from(error: &DeliveryError) -> Self {
        let code = match error {
            DeliveryError::Overloaded => "overloaded",
            DeliveryError::Unconfirmed => "unconfirmed",
            DeliveryError::Unavailable => "broker_unavailable",
        };
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, error.to_string())
            .retry(Duration::from_secs(1))
    }
}
