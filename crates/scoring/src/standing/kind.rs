//! Lists, what they hold, and where an entry came from. The names are stored.

/// A list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum List {
    Block,
    Allow,
    Watch,
}

/// What an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListKind {
    User,
    Address,
    Prefix,
    Network,
    Device,
    Email,
    Domain,
    Phone,
}

/// Who or what put an entry on a list, or made a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// Someone who has signed in.
    Person,
    /// A trust score at or below a threshold.
    Threshold,
    /// The block of a user, for what the user alone uses.
    Cascade,
    Policy,
    /// A machine with an API token.
    Token,
    /// The command line.
    Ctl,
}

impl List {
    pub const ALL: [Self; 3] = [Self::Block, Self::Allow, Self::Watch];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Allow => "allow",
            Self::Watch => "watch",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }
}

impl ListKind {
    pub const ALL: [Self; 8] = [
        Self::User,
        Self::Address,
        Self::Prefix,
        Self::Network,
        Self::Device,
        Self::Email,
        Self::Domain,
        Self::Phone,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Address => "address",
            Self::Prefix => "prefix",
            Self::Network => "network",
            Self::Device => "device",
            Self::Email => "email",
            Self::Domain => "domain",
            Self::Phone => "phone",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Source {
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Threshold, Self::Cascade, Self::Policy, Self::Token, Self::Ctl];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Threshold => "threshold",
            Self::Cascade => "cascade",
            Self::Policy => "policy",
            Self::Token => "token",
            Self::Ctl => "ctl",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }

    /// Whether somebody meant exactly this entry. Machines with a token act for somebody.
    pub const fn is_manual(self) -> bool {
        matches!(self, Self::Person | Self::Token | Self::Ctl)
    }
}
