//! Who asks, and what they may do.

use innerwall_auth::{Permission, Role};
use innerwall_event::TenantId;
use innerwall_scoring::Source;
use innerwall_storage::tokens::Token;
use innerwall_storage::{Connection, StorageError, TenantTx};

use crate::access::Bearer;
use crate::denials::{Denial, Denials};
use crate::mask::Masked;
use crate::problem::Problem;

/// Who asks for whose data.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) tenant: TenantId,
    /// E-mail address, or the name of a token: what signs a change.
    pub(crate) name: String,
    /// By whom a change is made: a person, or a machine with a token.
    pub(crate) source: Source,
    /// The tenant's, for buckets of time.
    pub(crate) time_zone: String,
    /// The person; of a token, who made it.
    pub(crate) operator: Option<i32>,
    permissions: Vec<Permission>,
    asking: Asking,
}

/// From where and for what a caller asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asking {
    /// Address of the client.
    pub(crate) client: String,
    /// Method and path, or the method of gRPC.
    pub(crate) route: String,
    /// Where refusals are noted.
    pub(crate) denials: Option<Denials>,
}

impl Caller {
    pub(crate) fn of(bearer: &Bearer) -> Self {
        let (source, name, operator, permissions) = match bearer {
            Bearer::Person(session) => (
                Source::Person,
                session.email.clone(),
                Some(session.operator),
                of_role(&session.role),
            ),
            Bearer::Machine(token) => (
                Source::Token,
                format!("token {}", token.label),
                token.creator.as_ref().map(|(id, _)| *id),
                of_token(token),
            ),
        };
        let (tenant, _, time_zone) = bearer.tenant();
        let time_zone = time_zone.to_owned();
        Self { tenant, name, source, time_zone, operator, permissions, asking: Asking::default() }
    }

    /// The same caller with what is known of the request.
    pub(crate) fn asking(self, asking: Asking) -> Self {
        Self { asking, ..self }
    }

    /// Begins a transaction of the caller's tenant; what is noted in it says from where.
    pub(crate) async fn begin<'c>(
        &self,
        connection: &'c mut Connection,
    ) -> Result<TenantTx<'c>, StorageError> {
        connection.begin_for(self.tenant, &self.asking.client).await
    }

    /// Like [`Caller::begin`], but everything is read as it is now, whatever is committed meanwhile.
    pub(crate) async fn begin_snapshot<'c>(
        &self,
        connection: &'c mut Connection,
    ) -> Result<TenantTx<'c>, StorageError> {
        connection.begin_snapshot_for(self.tenant, &self.asking.client).await
    }

    pub(crate) fn permissions(&self) -> &[Permission] {
        &self.permissions
    }

    /// Refuses unless the caller holds a permission: the first line of every use case. A refusal
    /// is noted in the audit log.
    pub(crate) fn may(&self, permission: Permission) -> Result<(), Problem> {
        if self.permissions.contains(&permission) {
            return Ok(());
        }
        if let Some(denials) = &self.asking.denials {
            denials.add(Denial {
                tenant: self.tenant,
                actor: self.name.clone(),
                client: self.asking.client.clone(),
                detail: format!("{} takes {}", self.asking.route, permission.name()),
            });
        }
        Err(Problem::NotAllowed { permission: permission.name() })
    }

    /// Refuses a search by what the caller sees only masked: the answer would confirm it.
    pub(crate) fn may_look_up(&self, field: &'static str) -> Result<(), Problem> {
        if self.sees_personal() {
            return Ok(());
        }
        Err(Problem::MaskedLookUp { field, permission: Permission::Personal.name() })
    }

    /// Whether contact details are shown in full.
    pub(crate) fn sees_personal(&self) -> bool {
        self.permissions.contains(&Permission::Personal)
    }

    /// Hides what the caller may not see. Every answer passes here on its way out.
    pub(crate) fn show<T: Masked>(&self, mut answer: T) -> T {
        if !self.sees_personal() {
            answer.mask();
        }
        answer
    }
}

/// A role of a newer release is worth nothing here.
fn of_role(role: &str) -> Vec<Permission> {
    Role::parse(role).map_or(&[][..], Role::permissions).to_vec()
}

/// Scopes, as far as who made the token may do the same now. A token from before there were scopes
/// may do what an admin may.
fn of_token(token: &Token) -> Vec<Permission> {
    let scopes = token.scopes.as_ref().map_or_else(
        || Role::Admin.permissions().to_vec(),
        |scopes| scopes.iter().filter_map(|scope| Permission::parse(scope)).collect(),
    );
    match &token.creator {
        None => scopes,
        Some((_, role)) => {
            let held = of_role(role);
            scopes.into_iter().filter(|scope| held.contains(scope)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use innerwall_storage::browser_sessions::Session;

    use super::*;

    fn person(role: &str) -> Bearer {
        Bearer::Person(Session {
            tenant: TenantId(1),
            tenant_name: "acme".to_owned(),
            time_zone: "UTC".to_owned(),
            operator: 7,
            email: "ann@acme.example".to_owned(),
            role: role.to_owned(),
            session_no: 1,
            stage: "open".to_owned(),
            has_totp: false,
        })
    }

    fn machine(scopes: Option<&[&str]>, creator_role: Option<&str>) -> Bearer {
        Bearer::Machine(Token {
            tenant: TenantId(1),
            tenant_name: "acme".to_owned(),
            time_zone: "UTC".to_owned(),
            label: "ci".to_owned(),
            scopes: scopes.map(|names| names.iter().map(ToString::to_string).collect()),
            creator: creator_role.map(|role| (7, role.to_owned())),
        })
    }

    fn may(bearer: &Bearer, permission: Permission) -> bool {
        Caller::of(bearer).may(permission).is_ok()
    }

    #[test]
    fn only_owners_and_admins_change_rules() {
        let table = [("owner", true), ("admin", true), ("analyst", false), ("viewer", false)];
        for (role, answer) in table.into_iter().chain([("a role of tomorrow", false)]) {
            assert_eq!(may(&person(role), Permission::Rules), answer, "{role}");
        }
        let refused = Caller::of(&person("viewer")).may(Permission::Rules);
        assert_eq!(refused, Err(Problem::NotAllowed { permission: "rules" }));
    }

    #[test]
    fn a_token_does_what_its_scopes_say_and_never_more_than_its_creator_may() {
        assert_eq!(Caller::of(&machine(None, None)).name, "token ci");
        assert!(may(&machine(None, None), Permission::Rules), "from before there were scopes");
        let scopes = Some(&["read", "rules", "a scope of tomorrow"][..]);
        let table = [
            (None, Permission::Read, true),
            (None, Permission::Rules, true),
            (None, Permission::Export, false),
            (Some("admin"), Permission::Rules, true),
            (Some("analyst"), Permission::Rules, false),
            (Some("analyst"), Permission::Read, true),
            (Some("owner"), Permission::Export, false),
            (Some("a role of tomorrow"), Permission::Read, false),
        ];
        for (creator, permission, answer) in table {
            let token = machine(scopes, creator);
            assert_eq!(may(&token, permission), answer, "{creator:?} {permission:?}");
        }
        assert!(!may(&machine(Some(&[]), None), Permission::Read), "no scope at all");
    }
}
