//! Keys: what windows count by, and what they tell apart.

use std::fmt;
use std::sync::Arc;

use crate::lang::{is_custom_name, with_suggestion};

/// A key of a window. The order is that of the normalised definition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WindowKey {
    User,
    Session,
    Address,
    Prefix,
    Network,
    Device,
    Email,
    EmailDomain,
    EmailPattern,
    Phone,
    Resource,
    Country,
    Everyone,
    UserAgent,
    Search,
    /// A custom field of the event.
    Custom(Arc<str>),
}

/// Why a text is not a key.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct UnknownKey(String);

/// Names and meanings of all keys but custom fields.
const NAMED: [(&str, WindowKey, &str); 15] = [
    ("user", WindowKey::User, "user; for visitors not signed in the e-mail address they sent"),
    ("session", WindowKey::Session, "session as the producer names it, else ours"),
    ("address", WindowKey::Address, "IP address; of IPv6 the /64"),
    ("prefix", WindowKey::Prefix, "neighbourhood of the address: /24, of IPv6 the /48"),
    ("network", WindowKey::Network, "network (autonomous system)"),
    ("device", WindowKey::Device, "`custom.device_id`, else prefix and user agent together"),
    ("email", WindowKey::Email, "e-mail address"),
    ("email_domain", WindowKey::EmailDomain, "its part after the @"),
    ("email_pattern", WindowKey::EmailPattern, "e-mail address with its digits folded"),
    ("phone", WindowKey::Phone, "phone number"),
    ("resource", WindowKey::Resource, "path of the page"),
    ("country", WindowKey::Country, "country of the address"),
    ("everyone", WindowKey::Everyone, "one window for the whole tenant"),
    ("user_agent", WindowKey::UserAgent, "user agent as sent"),
    ("search", WindowKey::Search, "text that was searched for"),
];
const CUSTOM: &str = "custom.";

impl WindowKey {
    pub fn parse(text: &str) -> Result<Self, UnknownKey> {
        if let Some(field) = text.strip_prefix(CUSTOM).filter(|field| is_custom_name(field)) {
            return Ok(Self::Custom(field.into()));
        }
        let named = NAMED.iter().find(|named| named.0 == text).map(|named| named.1.clone());
        named.ok_or_else(|| {
            let known = Self::named().map(|(name, _)| name);
            UnknownKey(with_suggestion(format!("unknown key `{text}`"), text, known))
        })
    }

    /// Whether a window by this key belongs to one user.
    pub const fn is_private(&self) -> bool {
        matches!(self, Self::User | Self::Session)
    }

    /// Names and meanings of all keys but custom fields.
    pub(crate) fn named() -> impl Iterator<Item = (&'static str, &'static str)> {
        NAMED.iter().map(|named| (named.0, named.2))
    }
}

impl fmt::Display for WindowKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Custom(field) = self {
            return write!(out, "{CUSTOM}{field}");
        }
        let name = NAMED.iter().find(|named| named.1 == *self).map_or("", |named| named.0);
        out.write_str(name)
    }
}
