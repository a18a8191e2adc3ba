//! The typed facts that rules may read: name, type, unit and meaning of each.

/// Type of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactType {
    Bool,
    Int,
    Text,
    /// A set of texts.
    Texts,
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
    EventSearchText = "event.search_text", Text, "", "what was searched for, lower-case";
    EventPath = "event.path", Text, "", "path of the page address, without the query";
    EventIsSuspiciousUrl = "event.is_suspicious_url", Bool, "", "the path or decoded query holds an entry of the list `url`";
    EventLocalHour = "event.local_hour", Int, "hours", "hour of the day where the user or else the tenant is, 0 to 23";
    EventIsWeekend = "event.is_weekend", Bool, "", "Saturday or Sunday where the user or else the tenant is";
    EventFieldChangeCount = "event.field_change_count", Int, "fields", "fields of the product's data changed by the event";
    EventAmountMicros = "event.amount_micros", Int, "millionths", "amount in millionths of the currency's main unit";
    EventCurrency = "event.currency", Text, "", "currency of the amount, three capitals";
    EventIsNewAddress = "event.is_new_address", Bool, "", "the user was not seen with this address before";
    EventIsNewDevice = "event.is_new_device", Bool, "", "the user was first seen with this device less than 3 hours earlier";
    EventIsNewNetwork = "event.is_new_network", Bool, "", "the user has other networks and was not seen in this one before";
    EventIsNewCountry = "event.is_new_country", Bool, "", "the user has other countries and was not seen in this one before";
    AddressCountry = "address.country", Text, "", "country of the address, two capitals";
    AddressIsHosting = "address.is_hosting", Bool, "", "the address belongs to a data centre or cloud";
    AddressIsVpn = "address.is_vpn", Bool, "", "the address is the exit of a VPN";
    AddressIsTor = "address.is_tor", Bool, "", "the address is a Tor exit";
    AddressIsRelay = "address.is_relay", Bool, "", "the address is the exit of a privacy relay such as Apple's";
    AddressIsSatellite = "address.is_satellite", Bool, "", "the address belongs to a satellite network";
    AddressIsPrivate = "address.is_private", Bool, "", "the address is not routed on the internet (LAN, loopback, reserved)";
    AddressIsSpamListed = "address.is_spam_listed", Bool, "", "the address is in an imported list of spam sources";
    AddressIsBlocked = "address.is_blocked", Bool, "", "the address, a range it is in or its network is on the tenant's blocklist";
    AddressIsAllowed = "address.is_allowed", Bool, "", "the address, a range it is in or its network is on the tenant's allowlist";
    AddressHostsDomains = "address.hosts_domains", Bool, "", "web sites are served from the address (needs a provider)";
    AddressUserCount = "address.user_count", Int, "users", "users ever seen with the address, at most 1,000";
    NetworkAsn = "network.asn", Int, "number", "number of the network (autonomous system)";
    NetworkIsSuspicious = "network.is_suspicious", Bool, "", "the network is in the list `asn`";
    DeviceKind = "device.kind", Text, "", "desktop, phone, tablet, tv, console, bot, library or other";
    DeviceBrowser = "device.browser", Text, "", "family of the browser or client";
    DeviceSystem = "device.system", Text, "", "family of the operating system";
    DeviceIsBot = "device.is_bot", Bool, "", "the user agent names a bot, crawler or automated browser";
    DeviceIsAiBot = "device.is_ai_bot", Bool, "", "the user agent names a bot of an AI service";
    DeviceIsLibrary = "device.is_library", Bool, "", "the user agent names an HTTP library or tool";
    DeviceIsEmpty = "device.is_empty", Bool, "", "no user agent was sent";
    DeviceIsSuspicious = "device.is_suspicious", Bool, "", "the user agent holds an entry of the list `user_agent` or contradicts itself";
    DeviceIsOutdated = "device.is_outdated", Bool, "", "the browser is older than the oldest version still common";
    DeviceIsBlocked = "device.is_blocked", Bool, "", "the device is on the tenant's blocklist";
    DeviceBrowserAgeDays = "device.browser_age_days", Int, "days", "days from the release of the browser's version to the event, estimated from its release rhythm";
    UserId = "user.id", Text, "", "id of the user as the producer names it";
    UserIsAnonymous = "user.is_anonymous", Bool, "", "the shared account of visitors not signed in";
    UserIsBlocked = "user.is_blocked", Bool, "", "the user was blocked when the event came";
    UserIsAllowed = "user.is_allowed", Bool, "", "the user was allowed when the event came";
    UserIsWatched = "user.is_watched", Bool, "", "the user was watched when the event came";
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
    UserCountries = "user.countries", Texts, "", "known countries of the user, at most 16";
    UserNetworkCount = "user.network_count", Int, "networks", "known networks of the user, at most 16";
    UserEmailCount = "user.email_count", Int, "addresses", "e-mail addresses of the user so far, at most 8";
    UserPhoneNumberCount = "user.phone_number_count", Int, "numbers", "phone numbers of the user so far, at most 8";
    UserPhoneDeviceCount = "user.phone_device_count", Int, "devices", "devices of kind phone";
    UserDesktopSystemCount = "user.desktop_system_count", Int, "systems", "operating systems among devices of kind desktop";
    UserHasUnrecognisedDevice = "user.has_unrecognised_device", Bool, "", "a device whose kind is not known";
    UserHasLinux = "user.has_linux", Bool, "", "a device that runs a Linux other than Android or Chrome OS";
    UserHasBot = "user.has_bot", Bool, "", "a device that is a bot";
    UserHasAiBot = "user.has_ai_bot", Bool, "", "a device that is a bot of an AI service";
    UserHasRareBrowser = "user.has_rare_browser", Bool, "", "a device with a browser few people use";
    UserHasRareSystem = "user.has_rare_system", Bool, "", "a device with an operating system few people use";
    UserHasOutdatedBrowser = "user.has_outdated_browser", Bool, "", "a device with an outdated browser when last seen";
    UserHasSuspiciousUserAgent = "user.has_suspicious_user_agent", Bool, "", "a device whose user agent is suspicious";
    UserHasEmptyUserAgent = "user.has_empty_user_agent", Bool, "", "an event without a user agent within 30 days";
    UserHasEmptyLanguage = "user.has_empty_language", Bool, "", "an event without a language within 30 days";
    UserHasUsedTor = "user.has_used_tor", Bool, "", "an event through Tor within 30 days";
    UserHasUsedVpn = "user.has_used_vpn", Bool, "", "an event through a VPN within 30 days";
    UserHasUsedHosting = "user.has_used_hosting", Bool, "", "an event from a data centre within 30 days";
    UserHasUsedRelay = "user.has_used_relay", Bool, "", "an event through a privacy relay within 30 days";
    UserHasUsedSatellite = "user.has_used_satellite", Bool, "", "an event from a satellite network within 30 days";
    UserHasUsedPrivateAddress = "user.has_used_private_address", Bool, "", "an event from an address that is not routed within 30 days";
    UserHasUsedSpamListed = "user.has_used_spam_listed", Bool, "", "an event from an address listed as a source of spam within 30 days";
    UserHasUsedSuspiciousNetwork = "user.has_used_suspicious_network", Bool, "", "an event from a network of the list `asn` within 30 days";
    UserHasUsedBlockedAddress = "user.has_used_blocked_address", Bool, "", "an event from an address of the blocklist within 30 days";
    UserIsResidentialOnly = "user.is_residential_only", Bool, "", "every known address within 30 days is an ordinary one, and at least one is known";
    UserTravelKm = "user.travel_km", Int, "km", "least distance to the place of the event before";
    UserTravelKmh = "user.travel_kmh", Int, "km/h", "least speed from the place of the event before; unknown within 100 km";
    SessionEventCount = "session.event_count", Int, "events", "events of the current session so far";
    SessionAgeS = "session.age_s", Int, "s", "seconds since the current session began";
    SessionHasNewDevice = "session.has_new_device", Bool, "", "the producer's session is used by another device than at its start";
    SessionHasNewNetwork = "session.has_new_network", Bool, "", "the producer's session is used from another network than at its start";
    SessionHasNewCountry = "session.has_new_country", Bool, "", "the producer's session is used from another country than at its start";
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
    RecentNewDeviceInNewNetwork = "recent.has_new_device_in_new_network", Bool, "", "a new device used from a network new to the user";
    RecentPasswordChangedInNewNetwork = "recent.has_password_change_in_new_network", Bool, "", "a password change from a network new to the user";
    RecentFailedLogins = "recent.failed_login_count", Int, "events", "failed logins in the look-back";
    EmailAddress = "email.address", Text, "", "newest e-mail address of the user";
    EmailDomain = "email.domain", Text, "", "its part after the @";
    EmailIsValid = "email.is_valid", Bool, "", "it is well-formed and no placeholder";
    EmailLocalLength = "email.local_length", Int, "bytes", "length of its part before the @";
    EmailDomainLength = "email.domain_length", Int, "bytes", "length of its domain";
    EmailHasSuspiciousWord = "email.has_suspicious_word", Bool, "", "its part before the @ holds an entry of the list `email`";
    EmailLocalIsNumeric = "email.local_is_numeric", Bool, "", "only digits before the @";
    EmailLocalHasDigit = "email.local_has_digit", Bool, "", "a digit before the @";
    EmailLocalHasAdjacentDigits = "email.local_has_adjacent_digits", Bool, "", "two digits side by side before the @";
    EmailLocalHasAdjacentSymbols = "email.local_has_adjacent_symbols", Bool, "", "two characters side by side before the @ that are neither letter nor digit";
    EmailLocalHasVowel = "email.local_has_vowel", Bool, "", "a vowel before the @";
    EmailLocalHasConsonant = "email.local_has_consonant", Bool, "", "a consonant before the @";
    EmailIsFree = "email.is_free", Bool, "", "its domain is that of a free mail provider";
    EmailIsDisposable = "email.is_disposable", Bool, "", "its domain is known for throw-away addresses";
    EmailIsMaybeDisposable = "email.is_maybe_disposable", Bool, "", "its domain is suspected of throw-away addresses";
    EmailIsAlias = "email.is_alias", Bool, "", "it is an alias that forwards to another address";
    EmailIsEducational = "email.is_educational", Bool, "", "its domain is that of a school or university";
    EmailIsGovernment = "email.is_government", Bool, "", "its domain is that of a government";
    EmailIsMilitary = "email.is_military", Bool, "", "its domain is that of armed forces";
    EmailIsApple = "email.is_apple", Bool, "", "its domain is that of an Apple mailbox";
    EmailIsBlocked = "email.is_blocked", Bool, "", "it or its domain is on the tenant's blocklist";
    EmailIsSpamListed = "email.is_spam_listed", Bool, "", "it or its domain is in an imported list of spam sources";
    EmailDomainIsSpamListed = "email.domain_is_spam_listed", Bool, "", "its domain is in an imported list of spam sources";
    EmailDomainRank = "email.domain_rank", Int, "rank", "popularity rank of its domain in an imported list, 1 is first";
    EmailDomainAgeDays = "email.domain_age_days", Int, "days", "days since its domain was registered (needs a provider)";
    EmailDomainHasMailServer = "email.domain_has_mail_server", Bool, "", "its domain receives mail (needs a provider)";
    EmailDomainHasWebsite = "email.domain_has_website", Bool, "", "its domain has a web site that answers (needs a provider)";
    EmailWasBreached = "email.was_breached", Bool, "", "it occurs in known data breaches (needs a provider)";
    EmailFirstBreachDays = "email.first_breach_days", Int, "days", "days since the first known breach (needs a provider)";
    PhoneIsValid = "phone.is_valid", Bool, "", "newest phone number of the user is one that can exist";
    PhoneCountry = "phone.country", Text, "", "its country, two capitals";
    PhoneKind = "phone.kind", Text, "", "mobile, fixed, voip, premium, toll_free or other";
    PhoneIsBlocked = "phone.is_blocked", Bool, "", "it is on the tenant's blocklist";
    PhoneUserCount = "phone.user_count", Int, "users", "users ever seen with the number, at most 1,000";
    ScoreTrust = "score.trust", Int, "points", "trust score of the user after the event; policies only";
    ScoreRisk = "score.risk", Int, "points", "risk score of the event, unknown while no live rule judges events; policies only";
    ScoreHits = "score.hits", Texts, "", "ids of the live rules that fire for the user or the event; policies only";
    StandingIsBlocked = "standing.is_blocked", Bool, "", "the user, or something the event carries, is blocked; policies only";
    StandingIsAllowed = "standing.is_allowed", Bool, "", "somebody has allowed the user; policies only";
    StandingIsWatched = "standing.is_watched", Bool, "", "somebody watches the user; policies only";
}

/// Families of facts that are known only after scoring: policies read them, rules cannot.
pub const POLICY_FAMILIES: [&str; 2] = ["score", "standing"];

impl Fact {
    /// Number of facts.
    pub const COUNT: usize = SCHEMA.len();

    pub const fn slot(self) -> usize {
        self as usize
    }

    pub const fn def(self) -> &'static FactDef {
        &SCHEMA[self as usize]
    }

    /// What stands before the dot of its name.
    pub fn family(self) -> &'static str {
        self.def().name.split('.').next().unwrap_or_default()
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
