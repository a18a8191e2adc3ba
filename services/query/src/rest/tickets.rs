//! `/api/v1/tickets`: setting a password once.

use actix_web::web::{Data, Json, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::ToSchema;

use super::body;
use super::identity::{check_origin, signed_in, visitor};
use super::refusal::{Away, Conflicting, Limited, Refused, Unknown, WrongBody};
use super::session::StageAnswer;
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::tickets;
use crate::view::TicketView;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookBody {
    ticket: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RedeemBody {
    ticket: String,
    /// Of the first owner; any other ticket knows its address.
    email: Option<String>,
    /// 8 characters to 256 bytes, not a common one; no kinds of characters are asked for.
    password: String,
}

/// Says what a ticket is for
///
/// The ticket is in the body, so that no log of a proxy has it.
#[utoipa::path(
    post, path = "/api/v1/tickets/look", tag = "tickets", request_body = LookBody,
    responses(
        (status = 200, description = "The ticket can be used", body = TicketView),
        WrongBody, Unknown, Refused, Limited, Away))]
pub(crate) async fn post_look(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<TicketView>, Problem> {
    check_origin(&app, &request, false)?;
    let LookBody { ticket } = body::small(payload).await?;
    Ok(Json(tickets::look(&app, &visitor(&app, &request), &ticket).await?))
}

/// Uses a ticket up: sets a password and signs in
///
/// A second factor that is on stays on.
#[utoipa::path(
    post, path = "/api/v1/tickets/redeem", tag = "tickets", request_body = RedeemBody,
    responses(
        (status = 200, description = "The password is set", body = StageAnswer),
        WrongBody, Unknown, Refused, Conflicting, Limited, Away))]
pub(crate) async fn post_redeem(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    check_origin(&app, &request, false)?;
    let RedeemBody { ticket, email, password } = body::small(payload).await?;
    let visitor = visitor(&app, &request);
    let opened = tickets::redeem(&app, &visitor, (&ticket, email), password).await?;
    Ok(signed_in(&opened, &StageAnswer::of(&opened)))
}
