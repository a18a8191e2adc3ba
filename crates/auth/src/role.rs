//! What people and machines may do. The whole matrix is in [`Role::permissions`].

/// Something that a use case asks for before it does anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// Reading everything but what the permissions below name; contact details are masked.
    Read,
    /// Seeing e-mail addresses, phone numbers and IP addresses in full.
    Personal,
    /// Taking whole lists away as CSV or NDJSON.
    Export,
    /// Working on the review queue: deciding about users, notes, labels.
    Review,
    /// Blocking, allowing and watching values.
    Lists,
    /// Changing rules, weights, thresholds and policies.
    Rules,
    /// Changing retention, time zone and other settings of the tenant.
    Settings,
    /// API keys of producers and tokens of machines.
    Keys,
    /// Members, their roles and invitations.
    People,
    /// Reading the audit log.
    Audit,
    /// Erasing a user everywhere.
    Erase,
}

impl Permission {
    pub const ALL: [Self; 11] = [
        Self::Read,
        Self::Personal,
        Self::Export,
        Self::Review,
        Self::Lists,
        Self::Rules,
        Self::Settings,
        Self::Keys,
        Self::People,
        Self::Audit,
        Self::Erase,
    ];

    /// The name of the permission, which is also the scope of a token.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Personal => "personal",
            Self::Export => "export",
            Self::Review => "review",
            Self::Lists => "lists",
            Self::Rules => "rules",
            Self::Settings => "settings",
            Self::Keys => "keys",
            Self::People => "people",
            Self::Audit => "audit",
            Self::Erase => "erase",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.name() == name)
    }
}

/// Role of a person. Each may do all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Viewer,
    Analyst,
    Admin,
    Owner,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Analyst, Self::Admin, Self::Owner];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Analyst => "analyst",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    pub const fn permissions(self) -> &'static [Permission] {
        use Permission::{
            Audit, Erase, Export, Keys, Lists, People, Personal, Read, Review, Rules, Settings,
        };
        match self {
            Self::Viewer => &[Read],
            Self::Analyst => &[Read, Personal, Export, Review, Lists],
            Self::Admin => {
                &[Read, Personal, Export, Review, Lists, Rules, Settings, Keys, Audit, Erase]
            }
            Self::Owner => &[
                Read, Personal, Export, Review, Lists, Rules, Settings, Keys, Audit, Erase, People,
            ],
        }
    }

    pub fn may(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }

    /// The lowest role that has a permission.
    pub fn lowest_with(permission: Permission) -> Self {
        Self::ALL.into_iter().find(|role| role.may(permission)).unwrap_or(Self::Owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_all_that_the_ones_before_it_may() {
        for pair in Role::ALL.windows(2) {
            let missing = pair[0].permissions().iter().find(|held| !pair[1].may(**held));
            assert_eq!(missing, None, "{:?} against {:?}", pair[0], pair[1]);
            assert!(pair[0].permissions().len() < pair[1].permissions().len());
        }
        assert!(Permission::ALL.into_iter().all(|permission| Role::Owner.may(permission)));
    }

    #[test]
    fn names_are_read_back_as_written() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
        }
        for permission in Permission::ALL {
            assert_eq!(Permission::parse(permission.name()), Some(permission));
        }
        assert_eq!((Role::parse("root"), Permission::parse("")), (None, None));
    }

    #[test]
    fn a_viewer_only_reads_and_only_an_owner_manages_people() {
        assert_eq!(Role::lowest_with(Permission::Read), Role::Viewer);
        assert_eq!(Role::lowest_with(Permission::Personal), Role::Analyst);
        assert_eq!(Role::lowest_with(Permission::Rules), Role::Admin);
        assert_eq!(Role::lowest_with(Permission::People), Role::Owner);
    }
}
