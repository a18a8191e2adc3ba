//! Who asks, and what they may do.

use innerwall_event::TenantId;
use innerwall_storage::operators::Bearer;

use crate::problem::Problem;

/// Roles that may change rules. Everybody who signs in may read.
const PUBLISHERS: [&str; 2] = ["owner", "admin"];

/// Who asks for whose data.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) tenant: TenantId,
    /// E-mail address, or the name of a token.
    name: String,
    is_publisher: bool,
}

impl Caller {
    pub(crate) fn of(bearer: &Bearer) -> Self {
        let (name, is_publisher) = match &bearer.operator {
            Some((email, role)) => (email.clone(), PUBLISHERS.contains(&role.as_str())),
            // Tokens of machines have no scopes: they may do what their tenant may.
            None => (format!("token {}", bearer.label), true),
        };
        Self { tenant: bearer.tenant, name, is_publisher }
    }

    /// The name that signs a change of rules, if the caller may make one.
    pub(crate) fn publisher(&self) -> Result<&str, Problem> {
        if self.is_publisher { Ok(&self.name) } else { Err(Problem::NotAllowed) }
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
        for (role, name) in [
            (Some("owner"), Ok("ann@acme.example")),
            (Some("admin"), Ok("ann@acme.example")),
            (Some("analyst"), Err(Problem::NotAllowed)),
            (Some("viewer"), Err(Problem::NotAllowed)),
            (Some("a role of tomorrow"), Err(Problem::NotAllowed)),
            (None, Ok("token ci")),
        ] {
            assert_eq!(Caller::of(&bearer(role)).publisher(), name, "{role:?}");
        }
    }
}
