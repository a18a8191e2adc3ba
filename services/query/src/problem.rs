//! What can go wrong with a request, for REST (RFC 9457) and gRPC alike.

#[cfg(test)]
mod catalogue;
mod people;

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use innerwall_storage::{ErrorClass, StorageError};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use people::PeopleProblem;

use crate::view::FaultView;

/// Why a request was not answered. `problem/catalogue.rs` says cause and cure of each.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumIter))]
pub(crate) enum Problem {
    #[error("sign in, or send a token as `Authorization: Bearer <token>`")]
    NoToken,
    #[error("the session or token is unknown, revoked or expired")]
    BadToken,
    #[error("e-mail address or password is wrong")]
    BadLogin,
    #[error("too many attempts to sign in, wait a moment")]
    TooManyLogins { retry_after: Duration },
    #[error("{field}: {reason}")]
    BadParameter { field: &'static str, reason: String },
    #[error("there is no {what}")]
    NotFound { what: String },
    #[error("this is possible here: {allowed}")]
    MethodNotAllowed { allowed: String },
    #[error("this takes the permission `{permission}`, which your role or token does not have")]
    NotAllowed { permission: &'static str },
    #[error("{field}: looking up contact details takes the permission `{permission}`")]
    MaskedLookUp { field: &'static str, permission: &'static str },
    #[error("as many exports are under way as may be at once")]
    TooManyExports { retry_after: Duration },
    #[error("version {current} is in use by now: look at what changed and try again")]
    BaseNotCurrent { current: i32 },
    #[error("the rule set does not build, see faults")]
    RuleSetInvalid { faults: Vec<FaultView> },
    #[error("the rule set would stay as it is")]
    NothingChanged,
    #[error("the event has more than {limit} events of its user before it, which is the limit")]
    HistoryTooLong { limit: u32 },
    #[error(transparent)]
    People(#[from] PeopleProblem),
    #[error("case {case_id} has changed, it is at version {version} now{}", decided(.decided_by.as_deref()))]
    CaseChanged { case_id: i64, version: i32, decided_by: Option<String> },
    #[error("{by} decided again at {at}: undo decision {decision_id} first")]
    Superseded { by: String, decision_id: i64, at: String },
    #[error("nothing was kept of what there was before this decision")]
    NotUndoable,
    #[error("the user is in review already, as case {case_id}")]
    AlreadyInReview { case_id: i64 },
    #[error("the key of this request was used for another request")]
    KeyReused,
    #[error("the database is away, try again in a moment")]
    DatabaseAway,
    #[error("something is wrong here, it has been logged")]
    Internal,
}

/// A problem in the form of RFC 9457.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// Always `about:blank`; `code` tells problems apart.
    #[serde(rename = "type")]
    #[schema(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    /// Stable name of the problem.
    code: &'static str,
    /// The parameter at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// Everything that is wrong with a rule set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<FaultView>,
}

impl Problem {
    pub(crate) fn parameter(field: &'static str, reason: &(impl ToString + ?Sized)) -> Self {
        Self::BadParameter { field, reason: reason.to_string() }
    }

    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NoToken => "token_missing",
            Self::BadToken => "token_invalid",
            Self::BadLogin => "login_failed",
            Self::TooManyLogins { .. } => "rate_limited",
            Self::BadParameter { .. } => "parameter_invalid",
            Self::NotFound { .. } => "not_found",
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::NotAllowed { .. } | Self::MaskedLookUp { .. } => "not_allowed",
            Self::TooManyExports { .. } => "too_many_exports",
            Self::BaseNotCurrent { .. } => "base_not_current",
            Self::RuleSetInvalid { .. } => "rule_set_invalid",
            Self::NothingChanged => "nothing_changed",
            Self::HistoryTooLong { .. } => "history_too_long",
            Self::People(problem) => problem.code(),
            Self::CaseChanged { .. } => "case_changed",
            Self::Superseded { .. } => "superseded",
            Self::NotUndoable => "not_undoable",
            Self::AlreadyInReview { .. } => "already_in_review",
            Self::KeyReused => "key_reused",
            Self::DatabaseAway => "database_away",
            Self::Internal => "internal",
        }
    }

    fn body(&self) -> ProblemBody {
        let status = self.status_code();
        let field =
            if let Self::BadParameter { field, .. } | Self::MaskedLookUp { field, .. } = self {
                Some(*field)
            } else {
                None
            };
        let faults =
            if let Self::RuleSetInvalid { faults } = self { faults.clone() } else { Vec::new() };
        ProblemBody {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: self.to_string(),
            code: self.code(),
            field,
            faults,
        }
    }
}

/// Who was faster, if anybody decided.
fn decided(by: Option<&str>) -> String {
    by.map_or_else(String::new, |by| format!(", decided by {by}"))
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NoToken | Self::BadToken | Self::BadLogin => StatusCode::UNAUTHORIZED,
            Self::TooManyLogins { .. } | Self::TooManyExports { .. } => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::BadParameter { .. } => StatusCode::BAD_REQUEST,
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAllowed { .. } | Self::MaskedLookUp { .. } => StatusCode::FORBIDDEN,
            Self::People(problem) => problem.status(),
            Self::BaseNotCurrent { .. }
            | Self::CaseChanged { .. }
            | Self::Superseded { .. }
            | Self::AlreadyInReview { .. }
            | Self::KeyReused => StatusCode::CONFLICT,
            Self::RuleSetInvalid { .. }
            | Self::NothingChanged
            | Self::NotUndoable
            | Self::HistoryTooLong { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::DatabaseAway => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::NoToken | Self::BadToken => {
                response.insert_header((WWW_AUTHENTICATE, "Bearer"));
            }
            Self::TooManyLogins { retry_after } | Self::TooManyExports { retry_after } => {
                response.insert_header((RETRY_AFTER, (retry_after.as_secs() + 1).to_string()));
            }
            Self::DatabaseAway => {
                response.insert_header((RETRY_AFTER, "1"));
            }
            Self::MethodNotAllowed { allowed } => {
                response.insert_header((ALLOW, allowed.as_str()));
            }
            Self::BadLogin
            | Self::BadParameter { .. }
            | Self::NotFound { .. }
            | Self::NotAllowed { .. }
            | Self::MaskedLookUp { .. }
            | Self::BaseNotCurrent { .. }
            | Self::RuleSetInvalid { .. }
            | Self::NothingChanged
            | Self::HistoryTooLong { .. }
            | Self::People(_)
            | Self::CaseChanged { .. }
            | Self::Superseded { .. }
            | Self::NotUndoable
            | Self::AlreadyInReview { .. }
            | Self::KeyReused
            | Self::Internal => {}
        }
        response.content_type("application/problem+json").json(self.body())
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        match error.class() {
            ErrorClass::Transient => {
                tracing::warn!(%error, "database is away");
                Self::DatabaseAway
            }
            ErrorClass::Data | ErrorClass::Duplicate | ErrorClass::Fault => {
                tracing::error!(%error, "request failed");
                Self::Internal
            }
        }
    }
}

impl From<Problem> for tonic::Status {
    fn from(problem: Problem) -> Self {
        let code = match &problem {
            Problem::NoToken | Problem::BadToken | Problem::BadLogin => {
                tonic::Code::Unauthenticated
            }
            Problem::TooManyLogins { .. } | Problem::TooManyExports { .. } => {
                tonic::Code::ResourceExhausted
            }
            Problem::BadParameter { .. } => tonic::Code::InvalidArgument,
            Problem::NotFound { .. } => tonic::Code::NotFound,
            Problem::MethodNotAllowed { .. } => tonic::Code::Unimplemented,
            Problem::NotAllowed { .. } | Problem::MaskedLookUp { .. } => {
                tonic::Code::PermissionDenied
            }
            Problem::BaseNotCurrent { .. }
            | Problem::CaseChanged { .. }
            | Problem::Superseded { .. } => tonic::Code::Aborted,
            Problem::AlreadyInReview { .. } | Problem::KeyReused => tonic::Code::AlreadyExists,
            Problem::RuleSetInvalid { faults } => {
                let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                return Self::invalid_argument(faults.join("\n"));
            }
            Problem::NothingChanged | Problem::NotUndoable | Problem::HistoryTooLong { .. } => {
                tonic::Code::FailedPrecondition
            }
            Problem::People(problem) => problem.grpc(),
            Problem::DatabaseAway => tonic::Code::Unavailable,
            Problem::Internal => tonic::Code::Internal,
        };
        Self::new(code, problem.to_string())
    }
}
