//! What can go wrong for people: signing in, second factors, tickets, members, keys.

use actix_web::http::StatusCode;

/// Why something about people was refused.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[cfg_attr(test, derive(Default, strum::EnumIter))]
pub(crate) enum PeopleProblem {
    #[cfg_attr(test, default)]
    #[error(
        "send the header X-Innerwall-CSRF with the `csrf_token` of /api/v1/me, from a page of INNERWALL_PUBLIC_ORIGINS"
    )]
    Csrf,
    #[error(
        "{origin} is not in INNERWALL_PUBLIC_ORIGINS, the addresses under which people open the dashboard"
    )]
    Origin { origin: String },
    #[error("finish signing in first: a second factor is missing")]
    Stage,
    #[error("this is for people who have signed in, not for tokens")]
    PeopleOnly,
    #[error("the code is wrong, or has been used")]
    Code,
    #[error("the password is wrong")]
    Password,
    #[error("the ticket is unknown, used or expired")]
    Ticket,
    #[error("the tenant has its owner: ask them for an invitation")]
    HasOwner,
    #[error("the tenant would be left without an owner")]
    LastOwner,
    #[error("{what} is taken")]
    Taken { what: &'static str },
    #[error("{limit} {what} are the limit")]
    Limit { what: &'static str, limit: i64 },
    #[error("the tenant requires a second factor of everybody")]
    FactorRequired,
    #[error("choose a secret first, or the second factor is on already")]
    FactorState,
}

impl PeopleProblem {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Csrf => "csrf_missing",
            Self::Origin { .. } => "origin_unknown",
            Self::Stage => "second_factor_missing",
            Self::PeopleOnly => "people_only",
            Self::Code => "code_wrong",
            Self::Password => "password_wrong",
            Self::Ticket => "ticket_invalid",
            Self::HasOwner => "owner_exists",
            Self::LastOwner => "last_owner",
            Self::Taken { .. } => "taken",
            Self::Limit { .. } => "limit_reached",
            Self::FactorRequired => "second_factor_required",
            Self::FactorState => "second_factor_state",
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Csrf | Self::Origin { .. } | Self::Stage | Self::PeopleOnly => {
                StatusCode::FORBIDDEN
            }
            // 401 would say that the session has ended.
            Self::Code | Self::Password => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Ticket => StatusCode::NOT_FOUND,
            Self::HasOwner
            | Self::LastOwner
            | Self::Taken { .. }
            | Self::Limit { .. }
            | Self::FactorRequired
            | Self::FactorState => StatusCode::CONFLICT,
        }
    }

    pub(crate) fn grpc(&self) -> tonic::Code {
        match self.status() {
            StatusCode::FORBIDDEN => tonic::Code::PermissionDenied,
            StatusCode::NOT_FOUND => tonic::Code::NotFound,
            _ => tonic::Code::FailedPrecondition,
        }
    }
}
