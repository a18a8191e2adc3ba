//! The kinds of things users touch.

/// A kind of thing that users touch. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    Address = 1,
    Network = 2,
    Country = 3,
    Device = 4,
    UserAgent = 5,
    /// Path of a page.
    Resource = 6,
    EmailDomain = 7,
    Email = 8,
    Phone = 9,
    /// Data of the product whose changes are reported.
    Field = 10,
    /// Payment means.
    Payment = 11,
}

impl EntityKind {
    pub const ALL: [Self; 11] = [
        Self::Address,
        Self::Network,
        Self::Country,
        Self::Device,
        Self::UserAgent,
        Self::Resource,
        Self::EmailDomain,
        Self::Email,
        Self::Phone,
        Self::Field,
        Self::Payment,
    ];

    /// The number it is stored under.
    pub const fn number(self) -> i16 {
        self as i16
    }

    /// The kind stored under a number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Whether one may be a single person's own, so that it says who that person is.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Address | Self::Device | Self::Email | Self::Phone | Self::Payment)
    }

    /// The name of a list of them, as in paths of the API.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Address => "addresses",
            Self::Network => "networks",
            Self::Country => "countries",
            Self::Device => "devices",
            Self::UserAgent => "user-agents",
            Self::Resource => "resources",
            Self::EmailDomain => "email-domains",
            Self::Email => "emails",
            Self::Phone => "phones",
            Self::Field => "fields",
            Self::Payment => "payments",
        }
    }

    /// Reads the name of a list.
    pub fn parse_plural(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.plural() == text)
    }

    /// The kind of what it belongs to: an address to its network, an e-mail address to its domain.
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self::Address => Some(Self::Network),
            Self::Email => Some(Self::EmailDomain),
            Self::Network
            | Self::Country
            | Self::Device
            | Self::UserAgent
            | Self::Resource
            | Self::EmailDomain
            | Self::Phone
            | Self::Field
            | Self::Payment => None,
        }
    }

    /// Whether its key is about a person: hidden from those who may not see contact details.
    pub const fn is_personal(self) -> bool {
        match self {
            Self::Address | Self::Email | Self::Phone | Self::Payment => true,
            Self::Network
            | Self::Country
            | Self::Device
            | Self::UserAgent
            | Self::Resource
            | Self::EmailDomain
            | Self::Field => false,
        }
    }

    /// Whether users are linked with it.
    pub const fn has_links(self) -> bool {
        !matches!(self, Self::UserAgent)
    }

    /// Whether its events are counted per day.
    pub const fn has_days(self) -> bool {
        match self {
            Self::Address
            | Self::Network
            | Self::Country
            | Self::Device
            | Self::Resource
            | Self::EmailDomain
            | Self::Field => true,
            Self::UserAgent | Self::Email | Self::Phone | Self::Payment => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_read_back_and_belong_to_one_kind() {
        for (at, kind) in EntityKind::ALL.into_iter().enumerate() {
            assert_eq!(usize::try_from(kind.number()), Ok(at + 1));
            assert_eq!(EntityKind::from_number(kind.number()), Some(kind));
            assert_eq!(EntityKind::parse_plural(kind.plural()), Some(kind));
        }
        assert_eq!((EntityKind::from_number(0), EntityKind::parse_plural("users")), (None, None));
    }
}
