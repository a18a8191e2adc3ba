//! People: who has signed in, members, invitations.

use innerwall_storage::browser_sessions::SessionRow;
use innerwall_storage::operators::Member;
use innerwall_storage::tickets::{Invitation, Ticket};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Bearer;
use crate::caller::Caller;

/// Who a session or token speaks for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    /// Null for a machine.
    operator: Option<OperatorView>,
    tenant: TenantView,
    /// What the role or the scopes allow.
    permissions: Vec<&'static str>,
    /// `open`; `totp` while a code is missing; `enrol` while a second factor has to be set up. Null
    /// for a machine.
    stage: Option<String>,
    /// Send it as `X-Innerwall-CSRF` with every write. Null for a machine.
    csrf_token: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct OperatorView {
    id: i32,
    email: String,
    role: String,
    has_second_factor: bool,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TenantView {
    id: i32,
    name: String,
    /// IANA name.
    time_zone: String,
}

impl Me {
    pub(crate) fn new(bearer: &Bearer, csrf_token: Option<String>) -> Self {
        let (tenant, name, time_zone) = bearer.tenant();
        let (operator, stage) = match bearer {
            Bearer::Person(session) => (
                Some(OperatorView {
                    id: session.operator,
                    email: session.email.clone(),
                    role: session.role.clone(),
                    has_second_factor: session.has_totp,
                }),
                Some(session.stage.clone()),
            ),
            Bearer::Machine(_) => (None, None),
        };
        let held = Caller::of(bearer);
        Self {
            operator,
            tenant: TenantView {
                id: tenant.0,
                name: name.to_owned(),
                time_zone: time_zone.to_owned(),
            },
            permissions: held.permissions().iter().map(|held| held.name()).collect(),
            stage,
            csrf_token,
        }
    }
}

/// Where somebody is signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct BrowserSessionsAnswer {
    pub(crate) items: Vec<BrowserSessionView>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct BrowserSessionView {
    id: i64,
    /// The one that asks.
    current: bool,
    created_at: String,
    last_seen_at: String,
    expires_at: String,
    address: String,
    user_agent: String,
}

impl BrowserSessionView {
    pub(crate) fn new(row: SessionRow, current: i64) -> Self {
        Self {
            id: row.session_no,
            current: row.session_no == current,
            created_at: row.created_at.to_rfc3339(),
            last_seen_at: row.last_seen_at.to_rfc3339(),
            expires_at: row.expires_at.to_rfc3339(),
            address: row.address,
            user_agent: row.user_agent,
        }
    }
}

/// A secret to be put into an authenticator app.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotpSecretAnswer {
    /// To type, in base32.
    pub(crate) secret: String,
    /// To open, or to show as a picture.
    pub(crate) uri: String,
}

/// Codes that each open once, shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodesAnswer {
    pub(crate) recovery_codes: Vec<String>,
}

/// What a ticket is for.
#[derive(Serialize, ToSchema)]
pub(crate) struct TicketView {
    /// `setup`, `invitation` or `reset`.
    kind: String,
    tenant: String,
    /// Null when the first owner is free to say.
    email: Option<String>,
    role: String,
}

impl From<Ticket> for TicketView {
    fn from(ticket: Ticket) -> Self {
        let Ticket { kind, tenant_name: tenant, email, role, .. } = ticket;
        Self { kind, tenant, email, role }
    }
}

/// All members.
#[derive(Serialize, ToSchema)]
pub(crate) struct MembersAnswer {
    pub(crate) items: Vec<MemberView>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct MemberView {
    id: i32,
    email: String,
    role: String,
    created_at: String,
    /// Since when they may not sign in.
    disabled_at: Option<String>,
    password_changed_at: String,
    has_second_factor: bool,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        Self {
            id: member.id,
            email: member.email,
            role: member.role,
            created_at: member.created_at.to_rfc3339(),
            disabled_at: member.disabled_at.map(innerwall_event::Timestamp::to_rfc3339),
            password_changed_at: member.password_changed_at.to_rfc3339(),
            has_second_factor: member.has_totp,
        }
    }
}

/// Invitations that wait.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationsAnswer {
    pub(crate) items: Vec<InvitationView>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationView {
    id: i32,
    email: String,
    role: String,
    created_by: String,
    created_at: String,
    expires_at: String,
}

impl From<Invitation> for InvitationView {
    fn from(row: Invitation) -> Self {
        Self {
            id: row.id,
            email: row.email,
            role: row.role,
            created_by: row.created_by,
            created_at: row.created_at.to_rfc3339(),
            expires_at: row.expires_at.to_rfc3339(),
        }
    }
}

/// A fresh invitation. The ticket is shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationAnswer {
    pub(crate) id: i32,
    pub(crate) ticket: String,
    /// To send to whoever is invited: the ticket is behind the `#` and reaches no server's log.
    pub(crate) link: String,
    pub(crate) expires_at: String,
}

/// What the tenant asks of everybody who signs in.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyView {
    /// Whether everybody needs a second factor.
    pub(crate) require_totp: bool,
}
