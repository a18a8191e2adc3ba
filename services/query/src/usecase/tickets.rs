//! Tickets: the first owner signs up, someone invited joins, someone locked out gets a password.

use innerwall_auth::SecretDigest;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::tickets::{self, Ticket};
use innerwall_storage::{TenantTx, browser_sessions, operators, second_factor};

use super::account::check_new;
use super::members::{email_of, taken};
use super::sign_in::{self, Opened, Stage, Visitor};
use crate::app::App;
use crate::problem::{PeopleProblem, Problem};
use crate::view::TicketView;

/// What a ticket is for.
pub(crate) async fn look(
    app: &App,
    visitor: &Visitor,
    secret: &str,
) -> Result<TicketView, Problem> {
    sign_in::limit_address(app, visitor).await?;
    Ok(TicketView::from(found(app, secret).await?))
}

/// Uses a ticket up: sets the password and signs in, as far as no second factor is missing.
pub(crate) async fn redeem(
    app: &App,
    visitor: &Visitor,
    (secret, email): (&str, Option<String>),
    password: String,
) -> Result<Opened, Problem> {
    sign_in::limit_address(app, visitor).await?;
    let ticket = found(app, secret).await?;
    let email = match &ticket.email {
        Some(email) => email.clone(),
        None => email_of(&email.unwrap_or_default())?,
    };
    check_new(&password, &[&email, &ticket.tenant_name])?;
    let hash = sign_in::hashed(app, password).await?;
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(ticket.tenant, &visitor.client.to_string()).await?;
    if !tickets::end(&tx, ticket.id).await? {
        return Err(PeopleProblem::Ticket.into());
    }
    let (operator, has_totp) = match ticket.operator {
        Some(operator) => (operator, reset(&tx, operator, &hash).await?),
        None => (join(&tx, &ticket, (&email, &hash)).await?, false),
    };
    let stage = Stage::after_password(has_totp, second_factor::is_required(&tx).await?);
    let opened = sign_in::open(&tx, visitor, operator, stage).await?;
    let action = match ticket.kind.as_str() {
        "setup" => "owner.sign_up",
        "invitation" => "invitation.accept",
        _ => "password.reset",
    };
    audit::note(&tx, &Note { actor: &email, action, detail: &ticket.role }).await?;
    tx.commit().await?;
    app.access.forget_all();
    Ok(opened)
}

async fn found(app: &App, secret: &str) -> Result<Ticket, Problem> {
    let ticket = tickets::find(&app.connection().await?, &SecretDigest::of(secret)).await?;
    ticket.ok_or_else(|| PeopleProblem::Ticket.into())
}

/// A new password ends all sessions; the second factor stays. Gives whether there is one.
async fn reset(tx: &TenantTx<'_>, operator: i32, hash: &str) -> Result<bool, Problem> {
    let found = operators::one(tx, operator).await?.ok_or(PeopleProblem::Ticket)?;
    if found.is_disabled {
        return Err(PeopleProblem::Ticket.into());
    }
    operators::set_password(tx, operator, hash).await?;
    browser_sessions::end_others(tx, operator, browser_sessions::NO_SESSION).await?;
    Ok(found.totp_secret.is_some())
}

async fn join(
    tx: &TenantTx<'_>,
    ticket: &Ticket,
    (email, hash): (&str, &str),
) -> Result<i32, Problem> {
    if ticket.kind == "setup" && !operators::owners(tx).await?.is_empty() {
        return Err(PeopleProblem::HasOwner.into());
    }
    let added = operators::add(tx, email, hash, &ticket.role).await;
    added.map_err(|error| taken(error, "the e-mail address"))
}
