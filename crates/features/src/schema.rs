//! The typed facts that rules may read: name, type, unit and meaning of each.

/// Type of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactType {
    Bool,
    Int,
    Text,
}

/// One fact in the schema.
#[derive(Clone, Copy, Debug)]
pub struct FactDef {
    pub fact: Fact,
    pub name: &'static str,
    pub kind: FactType,
    /// Unit of a number; empty for other types.
    pub unit: &'static str,
    pub meaning: &'static str,
}

/// Declares the facts once: the enum, whose numbers are slots, and the table that describes them.
macro_rules! facts {
    ($($fact:ident = $name:literal, $kind:ident, $unit:literal, $meaning:literal;)+) => {
        /// A fact, and its slot in [`crate::Facts`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Fact { $($fact),+ }

        /// Every fact in slot order.
        pub const SCHEMA: &[FactDef] = &[$(FactDef {
            fact: Fact::$fact, name: $name, kind: FactType::$kind, unit: $unit, meaning: $meaning,
        }),+];
    };
}

facts! {
    EventType = "event.type", Text, "", "type of the event, such as account_login";
    EventHttpCode = "event.http_code", Int, "code", "HTTP code the product answered with";
    EventHttpMethod = "event.http_method", Text, "", "HTTP method in capitals";
    EventUrl = "event.url", Text, "", "address of the page as sent";
    EventHasFailed = "event.has_failed", Bool, "", "the product answered with a code of 400 or more";
    EventCountry = "event.country", Text, "", "country of the address, two capitals";
    UserId = "user.id", Text, "", "id of the user as the producer names it";
    UserIsAnonymous = "user.is_anonymous", Bool, "", "the shared account of visitors not signed in";
    UserEventCount = "user.event_count", Int, "events", "events of the user so far";
    UserSessionCount = "user.session_count", Int, "sessions", "sessions of the user so far";
    UserDeviceCount = "user.device_count", Int, "devices", "devices of the user so far";
    UserAddressCount = "user.address_count", Int, "addresses", "addresses of the user; a lower bound beyond 32";
    UserCountryCount = "user.country_count", Int, "countries", "known countries of the user, at most 16";
    UserAccountAgeDays = "user.account_age_days", Int, "days", "days from the making of the account (else first sight) to the event";
    UserDormantDays = "user.dormant_days", Int, "days", "days without any event before the current session";
    UserNameHasDigit = "user.name_has_digit", Bool, "", "a digit in the full, first or last name";
    UserNameHasSeparator = "user.name_has_separator", Bool, "", "a blank or hyphen inside the first or last name";
    UserOnlySingleEventSessions = "user.has_only_single_event_sessions", Bool, "", "no session of the user has a second event";
    UserNightSession = "user.has_night_session", Bool, "", "an event between 00:00 and 05:00 local time within 30 days";
    UserMultiDeviceSession = "user.has_multi_device_session", Bool, "", "two devices in one session within 30 days";
    UserMultiAddressSession = "user.has_multi_address_session", Bool, "", "two addresses in one session within 30 days";
    UserMultiCountrySession = "user.has_multi_country_session", Bool, "", "two known countries in one session within 30 days";
    RecentEventCount = "recent.event_count", Int, "events", "events in the look-back, at most 25";
    RecentFailedLoginBurst = "recent.failed_login_burst", Int, "events", "most failed logins among 8 adjacent events; 0 with fewer than 8 events";
    RecentFailedLoginOnNewDevice = "recent.has_failed_login_on_new_device", Bool, "", "a failed login from a device first seen less than 3 hours earlier";
    RecentPasswordChanged = "recent.has_password_change", Bool, "", "a password change that took effect";
    RecentPasswordChangedOnNewDevice = "recent.has_password_change_on_new_device", Bool, "", "a password change from a device first seen less than 3 hours earlier";
    RecentPasswordChangedInNewCountry = "recent.has_password_change_in_new_country", Bool, "", "a password change from a country new to the user";
    RecentEmailChanged = "recent.has_email_change", Bool, "", "a change of e-mail address that took effect";
    RecentNewDeviceInNewCountry = "recent.has_new_device_in_new_country", Bool, "", "a new device used from a country new to the user";
    RecentNewDeviceLanguage = "recent.has_new_device_with_new_language", Bool, "", "a new device whose language no other device of the user has";
    RecentClientErrors = "recent.client_error_count", Int, "events", "events with HTTP codes 400 to 499";
    RecentServerErrors = "recent.server_error_count", Int, "events", "events with HTTP codes 500 to 599";
    RecentSuccess = "recent.has_success", Bool, "", "an event with an HTTP code of 200 to 299";
    RecentHeadMethod = "recent.has_head_request", Bool, "", "an event with the HTTP method HEAD";
    RecentNoReferer = "recent.has_missing_referer", Bool, "", "an event without a referer";
    RecentSuspiciousUrl = "recent.has_suspicious_url", Bool, "", "a page address that only probing requests use";
}

impl Fact {
    /// Number of facts.
    pub const COUNT: usize = SCHEMA.len();

    pub const fn slot(self) -> usize {
        self as usize
    }

    pub const fn def(self) -> &'static FactDef {
        &SCHEMA[self as usize]
    }

    /// Finds a fact by its name in the rule language.
    pub fn named(name: &str) -> Option<Self> {
        SCHEMA.iter().find(|def| def.name == name).map(|def| def.fact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_follow_the_table_and_names_are_unique() {
        for (slot, def) in SCHEMA.iter().enumerate() {
            assert_eq!(def.fact.slot(), slot);
            assert_eq!(Fact::named(def.name), Some(def.fact), "{}", def.name);
            assert_eq!(def.kind == FactType::Int, !def.unit.is_empty(), "{}", def.name);
        }
    }
}
