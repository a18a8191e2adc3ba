//! Members of the tenant: roles, invitations, who may sign in, and with what.

use innerwall_auth::{Permission, Role, Secret, SecretKind};
use innerwall_storage::audit::{self, Note};
use innerwall_storage::tickets::{self, NewTicket};
use innerwall_storage::{StorageError, TenantTx, browser_sessions, operators, second_factor};

use crate::app::{App, now};
use crate::caller::Caller;
use crate::problem::{PeopleProblem, Problem};
use crate::view::{
    InvitationAnswer, InvitationView, InvitationsAnswer, MemberView, MembersAnswer, PolicyView,
};

/// Invitations are good for two days.
const INVITATION_S: i64 = 48 * 3600;
/// Invitations that may wait, and members a tenant may have.
const INVITATIONS_MAX: i64 = 50;
const MEMBERS_MAX: i64 = 500;
const EMAIL_BYTES_MAX: usize = 254;

/// A change of a member; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub(crate) struct MemberChange {
    pub(crate) role: Option<String>,
    pub(crate) is_disabled: Option<bool>,
}

/// All members.
pub(crate) async fn list(app: &App, caller: &Caller) -> Result<MembersAnswer, Problem> {
    caller.may(Permission::People)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let members = operators::list(&tx).await?;
    Ok(MembersAnswer { items: members.into_iter().map(MemberView::from).collect() })
}

/// Changes the role of a member, or whether they may sign in. Ends their sessions.
pub(crate) async fn change(
    app: &App,
    caller: &Caller,
    id: i32,
    change: MemberChange,
) -> Result<MembersAnswer, Problem> {
    caller.may(Permission::People)?;
    let role = change.role.as_deref().map(role_of).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let owners = operators::owners(&tx).await?;
    let found = operators::one(&tx, id).await?;
    let member = found.ok_or_else(|| Problem::NotFound { what: format!("member {id}") })?;
    let leaves = change.is_disabled == Some(true) || role.is_some_and(|role| role != Role::Owner);
    if leaves && owners == [id] {
        return Err(PeopleProblem::LastOwner.into());
    }
    if let Some(role) = role {
        operators::set_role(&tx, id, role.name()).await?;
        let detail = format!("{}: {} to {}", member.email, member.role, role.name());
        note(&tx, caller, "member.role", &detail).await?;
    }
    if let Some(is_disabled) = change.is_disabled {
        operators::set_disabled(&tx, id, is_disabled).await?;
        let action = if is_disabled { "member.disable" } else { "member.enable" };
        note(&tx, caller, action, &member.email).await?;
    }
    browser_sessions::end_others(&tx, id, browser_sessions::NO_SESSION).await?;
    tx.commit().await?;
    app.access.forget_all();
    list(app, caller).await
}

/// Invitations that wait.
pub(crate) async fn invitations(app: &App, caller: &Caller) -> Result<InvitationsAnswer, Problem> {
    caller.may(Permission::People)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let rows = tickets::invitations(&tx, INVITATIONS_MAX).await?;
    Ok(InvitationsAnswer { items: rows.into_iter().map(InvitationView::from).collect() })
}

/// Invites someone. The ticket is in the answer and nowhere else.
pub(crate) async fn invite(
    app: &App,
    caller: &Caller,
    (email, role): (&str, &str),
) -> Result<InvitationAnswer, Problem> {
    caller.may(Permission::People)?;
    let (email, role) = (email_of(email)?, role_of(role)?);
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let waiting = tickets::invitations(&tx, INVITATIONS_MAX).await?.len();
    within("invitations that wait", waiting, INVITATIONS_MAX)?;
    let members = operators::list(&tx).await?;
    within("members", members.len(), MEMBERS_MAX)?;
    if members.iter().any(|member| member.email == email) {
        return Err(PeopleProblem::Taken { what: "the e-mail address" }.into());
    }
    let secret = Secret::generate(SecretKind::Ticket, &mut rand::rng());
    let expires_at = now().plus_seconds(INVITATION_S);
    let new = NewTicket {
        digest: &secret.digest(),
        kind: "invitation",
        email: Some(&email),
        role: role.name(),
        operator: None,
        created_by: &caller.name,
        expires_at,
    };
    let id = tickets::add(&tx, &new).await?;
    note(&tx, caller, "invitation.create", &format!("{email} as {}", role.name())).await?;
    tx.commit().await?;
    let ticket = secret.reveal().to_owned();
    let link = format!("{}/welcome#{ticket}", app.origins.first());
    Ok(InvitationAnswer { id, ticket, link, expires_at: expires_at.to_rfc3339() })
}

/// Takes an invitation back.
pub(crate) async fn take_back(app: &App, caller: &Caller, id: i32) -> Result<(), Problem> {
    caller.may(Permission::People)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let unknown = || Problem::NotFound { what: format!("invitation {id}") };
    let email = tickets::end_invitation(&tx, id).await?.ok_or_else(unknown)?;
    note(&tx, caller, "invitation.revoke", &email).await?;
    Ok(tx.commit().await?)
}

/// What the tenant asks of everybody who signs in.
pub(crate) async fn policy(app: &App, caller: &Caller) -> Result<PolicyView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    Ok(PolicyView { require_totp: second_factor::is_required(&tx).await? })
}

/// Changes what the tenant asks; it takes effect when people sign in the next time.
pub(crate) async fn set_policy(
    app: &App,
    caller: &Caller,
    policy: PolicyView,
) -> Result<PolicyView, Problem> {
    caller.may(Permission::People)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    second_factor::require(&tx, policy.require_totp).await?;
    let detail = if policy.require_totp { "required" } else { "offered" };
    note(&tx, caller, "second_factor.policy", detail).await?;
    tx.commit().await?;
    Ok(policy)
}

pub(super) async fn note(
    tx: &TenantTx<'_>,
    caller: &Caller,
    action: &str,
    detail: &str,
) -> Result<(), Problem> {
    Ok(audit::note(tx, &Note { actor: &caller.name, action, detail }).await?)
}

/// What was to be written is there already, or something worse.
pub(super) fn taken(error: StorageError, what: &'static str) -> Problem {
    if error.is_taken() {
        return PeopleProblem::Taken { what }.into();
    }
    error.into()
}

/// Refuses one more than a limit.
pub(super) fn within(what: &'static str, found: usize, limit: i64) -> Result<(), Problem> {
    let is_full = i64::try_from(found).is_ok_and(|found| found >= limit);
    if is_full { Err(PeopleProblem::Limit { what, limit }.into()) } else { Ok(()) }
}

fn role_of(name: &str) -> Result<Role, Problem> {
    let unknown = || Problem::parameter("role", "is not viewer, analyst, admin or owner");
    Role::parse(name).ok_or_else(unknown)
}

/// An e-mail address as it is stored. Whether it works shows when somebody reads what is sent.
pub(super) fn email_of(text: &str) -> Result<String, Problem> {
    let email = text.trim().to_lowercase();
    let is_plain = |sign: char| !sign.is_whitespace() && !sign.is_control();
    let parts = email.split_once('@');
    let is_good = parts.is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !domain.contains('@')
    });
    if is_good && email.len() <= EMAIL_BYTES_MAX && email.chars().all(is_plain) {
        return Ok(email);
    }
    let reason = format!("is no e-mail address of at most {EMAIL_BYTES_MAX} bytes");
    Err(Problem::parameter("email", &reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_for_form_and_length_only() {
        assert_eq!(email_of(" Ann@Acme.Example ").unwrap(), "ann@acme.example");
        let at_limit = format!("{}@b", "a".repeat(EMAIL_BYTES_MAX - 2));
        assert!(email_of(&at_limit).is_ok() && email_of(&format!("a{at_limit}")).is_err());
        for wrong in ["", "ann", "@b", "a@", "a@b@c", "a b@c", "a\u{0}@b"] {
            assert!(email_of(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_limit_is_checked_on_both_sides() {
        assert!(within("things", 9, 10).is_ok() && within("things", 10, 10).is_err());
    }
}
