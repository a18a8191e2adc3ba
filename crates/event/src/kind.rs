//! What happened: the thirteen named event types and the producer's own.

use crate::limits::EVENT_TYPE;

/// The type of an event. Names outside the list are kept as custom types.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum EventKind {
    #[default]
    PageView,
    PageEdit,
    PageDelete,
    PageSearch,
    AccountLogin,
    AccountLogout,
    AccountLoginFail,
    AccountRegistration,
    AccountEmailChange,
    AccountPasswordChange,
    AccountEdit,
    PageError,
    FieldEdit,
    /// Lower-case letters, digits, `_`, `-`, `.` and `:`.
    Custom(String),
}

/// How much attention an event type deserves in charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    Normal,
    Editing,
    Alert,
}

/// Why a text cannot name an event type.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("an event type is 1 to 64 of a-z 0-9 _ - . :")]
pub struct UnknownKind;

/// Number, wire name and severity of each named type. Numbers are stored: never reuse one.
const NAMED: [(i16, &str, EventKind, Severity); 13] = [
    (1, "page_view", EventKind::PageView, Severity::Normal),
    (2, "page_edit", EventKind::PageEdit, Severity::Editing),
    (3, "page_delete", EventKind::PageDelete, Severity::Alert),
    (4, "page_search", EventKind::PageSearch, Severity::Normal),
    (5, "account_login", EventKind::AccountLogin, Severity::Normal),
    (6, "account_logout", EventKind::AccountLogout, Severity::Normal),
    (7, "account_login_fail", EventKind::AccountLoginFail, Severity::Alert),
    (8, "account_registration", EventKind::AccountRegistration, Severity::Editing),
    (9, "account_email_change", EventKind::AccountEmailChange, Severity::Alert),
    (10, "account_password_change", EventKind::AccountPasswordChange, Severity::Alert),
    (11, "account_edit", EventKind::AccountEdit, Severity::Editing),
    (12, "page_error", EventKind::PageError, Severity::Alert),
    (13, "field_edit", EventKind::FieldEdit, Severity::Editing),
];

impl EventKind {
    /// Number stored for custom types, whose name is kept beside it.
    pub const CUSTOM_NUMBER: i16 = 0;

    /// Reads a type name, ignoring case.
    pub fn parse(text: &str) -> Result<Self, UnknownKind> {
        if let Some(named) = NAMED.iter().find(|named| named.1.eq_ignore_ascii_case(text)) {
            return Ok(named.2.clone());
        }
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "_-.:".contains(c);
        let is_name =
            !text.is_empty() && text.len() <= EVENT_TYPE.bytes_max && text.chars().all(is_allowed);
        if is_name { Ok(Self::Custom(text.to_ascii_lowercase())) } else { Err(UnknownKind) }
    }

    /// Rebuilds a stored type; `None` when the number is not one of ours.
    pub fn from_stored(number: i16, custom: Option<&str>) -> Option<Self> {
        match custom {
            Some(name) if number == Self::CUSTOM_NUMBER => Some(Self::Custom(name.to_owned())),
            _ => NAMED.iter().find(|named| named.0 == number).map(|named| named.2.clone()),
        }
    }

    pub fn name(&self) -> &str {
        if let Self::Custom(name) = self {
            return name;
        }
        NAMED.iter().find(|row| row.2 == *self).map_or("", |row| row.1)
    }

    /// Name of a custom type; `None` for the named ones.
    pub fn custom_name(&self) -> Option<&str> {
        if let Self::Custom(name) = self { Some(name) } else { None }
    }

    pub fn number(&self) -> i16 {
        NAMED.iter().find(|row| row.2 == *self).map_or(Self::CUSTOM_NUMBER, |row| row.0)
    }

    pub fn severity(&self) -> Severity {
        NAMED.iter().find(|row| row.2 == *self).map_or(Severity::Normal, |row| row.3)
    }

    /// All named types in the order of their numbers.
    pub fn named() -> impl Iterator<Item = Self> {
        NAMED.iter().map(|row| row.2.clone())
    }
}

impl Severity {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Editing => "editing",
            Self::Alert => "alert",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_type_survives_name_and_number() {
        for kind in EventKind::named() {
            assert_eq!(EventKind::parse(kind.name()), Ok(kind.clone()));
            assert_eq!(EventKind::from_stored(kind.number(), None), Some(kind));
        }
    }

    #[test]
    fn wildcards_are_not_names() {
        for text in ["page%", "", "with space", &"x".repeat(65)] {
            assert_eq!(EventKind::parse(text), Err(UnknownKind), "{text}");
        }
    }

    #[test]
    fn other_names_are_kept_as_custom_types() {
        let kind = EventKind::parse("Purchase.Refund").unwrap();
        assert_eq!(kind, EventKind::Custom("purchase.refund".to_owned()));
        assert_eq!(EventKind::from_stored(kind.number(), Some(kind.name())), Some(kind));
    }
}
