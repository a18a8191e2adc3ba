//! Who asks, and what they may do.

use innerwall_auth::{Permission, Role};
use innerwall_event::TenantId;
use innerwall_storage::operators::Bearer;

use crate::mask::Masked;
use crate::problem::Problem;

/// Who asks for whose data.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) tenant: TenantId,
    /// E-mail address, or the name of a token: what signs a change.
    pub(crate) name: String,
    /// The tenant's, for buckets of time.
    pub(crate) time_zone: String,
    permissions: Vec<Permission>,
}

impl Caller {
    pub(crate) fn of(bearer: &Bearer) -> Self {
        let (name, permissions) = match &bearer.operator {
            // A role of a newer release is worth nothing here.
            Some((email, role)) => {
                let held = Role::parse(role).map_or(&[][..], Role::permissions);
                (email.clone(), held.to_vec())
            }
            // Tokens of machines have no scopes yet: they may do what an admin may.
            None => (format!("token {}", bearer.label), Role::Admin.permissions().to_vec()),
        };
        Self { tenant: bearer.tenant, name, time_zone: bearer.time_zone.clone(), permissions }
    }

    /// Refuses unless the caller holds a permission: the first line of every use case.
    pub(crate) fn may(&self, permission: Permission) -> Result<(), Problem> {
        if self.permissions.contains(&permission) {
            return Ok(());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn bearer(role: Option<&str>) -> Bearer {
        Bearer {
            tenant: TenantId(1),
            tenant_name: "acme".to_owned(),
            time_zone: "UTC".to_owned(),
            label: "ci".to_owned(),
            operator: role.map(|role| ("ann@acme.example".to_owned(), role.to_owned())),
        }
    }

    #[test]
    fn only_owners_admins_and_machines_change_rules() {
        let refused = Err(Problem::NotAllowed { permission: "rules" });
        for (role, answer) in [
            (Some("owner"), Ok(())),
            (Some("admin"), Ok(())),
            (Some("analyst"), refused.clone()),
            (Some("viewer"), refused.clone()),
            (Some("a role of tomorrow"), refused),
            (None, Ok(())),
        ] {
            assert_eq!(Caller::of(&bearer(role)).may(Permission::Rules), answer, "{role:?}");
        }
        assert_eq!(Caller::of(&bearer(None)).name, "token ci");
    }
}
