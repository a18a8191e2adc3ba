//! Codes of problems: stable names that producers branch on.

use actix_web::http::StatusCode;
use serde::{Serialize, Serializer};

/// Which problem it is. `catalogue.rs` says cause and cure of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumIter))]
pub(crate) enum Code {
    KeyMissing,
    KeyUnknown,
    KeyUnchecked,
    RateLimited,
    NotFound,
    MethodNotAllowed,
    MediaTypeUnknown,
    EncodingUnknown,
    BodyTooLarge,
    TooManyEvents,
    BodyTooSlow,
    BodyBroken,
    GzipInvalid,
    ZstdInvalid,
    MultipartInvalid,
    NoEvents,
    NotUtf8,
    NotJson,
    EventInvalid,
    EventsInvalid,
    Overloaded,
    Unconfirmed,
    BrokerUnavailable,
    ListUnavailable,
    OneEventExpected,
    DeadlineInvalid,
    EventConflict,
    DecisionUnknown,
    VerdictsUnavailable,
}

impl Code {
    /// As answers carry it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::KeyMissing => "key_missing",
            Self::KeyUnknown => "key_unknown",
            Self::KeyUnchecked => "key_unchecked",
            Self::RateLimited => "rate_limited",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::MediaTypeUnknown => "media_type_unknown",
            Self::EncodingUnknown => "encoding_unknown",
            Self::BodyTooLarge => "body_too_large",
            Self::TooManyEvents => "too_many_events",
            Self::BodyTooSlow => "body_too_slow",
            Self::BodyBroken => "body_broken",
            Self::GzipInvalid => "gzip_invalid",
            Self::ZstdInvalid => "zstd_invalid",
            Self::MultipartInvalid => "multipart_invalid",
            Self::NoEvents => "no_events",
            Self::NotUtf8 => "not_utf8",
            Self::NotJson => "not_json",
            Self::EventInvalid => "event_invalid",
            Self::EventsInvalid => "events_invalid",
            Self::Overloaded => "overloaded",
            Self::Unconfirmed => "unconfirmed",
            Self::BrokerUnavailable => "broker_unavailable",
            Self::ListUnavailable => "list_unavailable",
            Self::OneEventExpected => "one_event_expected",
            Self::DeadlineInvalid => "deadline_invalid",
            Self::EventConflict => "event_conflict",
            Self::DecisionUnknown => "decision_unknown",
            Self::VerdictsUnavailable => "verdicts_unavailable",
        }
    }

    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::KeyMissing | Self::KeyUnknown => StatusCode::UNAUTHORIZED,
            Self::KeyUnchecked
            | Self::Overloaded
            | Self::Unconfirmed
            | Self::BrokerUnavailable
            | Self::ListUnavailable
            | Self::VerdictsUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Self::NotFound | Self::DecisionUnknown => StatusCode::NOT_FOUND,
            Self::EventConflict => StatusCode::CONFLICT,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::MediaTypeUnknown | Self::EncodingUnknown => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge | Self::TooManyEvents => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::BodyBroken
            | Self::GzipInvalid
            | Self::ZstdInvalid
            | Self::MultipartInvalid
            | Self::NoEvents
            | Self::NotUtf8
            | Self::NotJson
            | Self::OneEventExpected
            | Self::DeadlineInvalid
            | Self::EventInvalid => StatusCode::BAD_REQUEST,
            Self::EventsInvalid => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
