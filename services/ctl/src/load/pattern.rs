//! What the people in the traffic are up to: attacks, and ordinary lives that look like them.

use serde::Serialize;

/// What an attacker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Pattern {
    /// Many failed logins to one account.
    PasswordGuessing,
    /// One address fails once or twice at each of many accounts.
    PasswordSpraying,
    /// Leaked passwords tried from one address.
    StuffingAddress,
    /// Leaked passwords tried from many addresses of one /24.
    StuffingPrefix,
    /// Leaked passwords tried from many prefixes of one operator.
    StuffingNetwork,
    /// Leaked passwords tried on one device behind changing addresses.
    StuffingDevice,
    /// Leaked passwords tried once a minute, each time from elsewhere.
    StuffingSlow,
    /// Leaked passwords, some of which fit: those accounts are taken over.
    StuffingTakeover,
    /// One person's many accounts on one device.
    RingDevice,
    /// One person's many accounts behind one address.
    RingAddress,
    /// Many registrations with numbered mail addresses.
    RegistrationBurst,
    /// Many registrations with mail addresses to throw away.
    RegistrationDisposable,
    /// A login on another continent minutes after one at home.
    ImpossibleTravel,
    /// Device, network and country change in the middle of a session.
    SessionHijack,
    /// A login from a new device abroad; then the password and the mail address change.
    AccountTakeover,
    /// An account that was silent for months is in use again, from elsewhere.
    DormantReturn,
    /// Every page of the catalogue, from a hosting network.
    ScrapingHosting,
    /// Every page of the catalogue, from a home.
    ScrapingResidential,
    /// Hundreds of different searches.
    SearchEnumeration,
    /// A search for forgotten files and known holes.
    Scanner,
    /// A tool that asks with HEAD.
    BotHead,
    /// An employee changes many records.
    InsiderEdit,
    /// An employee deletes many records.
    InsiderDelete,
    /// An employee takes the customers home at night.
    InsiderExport,
    /// Accounts that share a device or an address redeem the same coupon.
    PromoRing,
}

/// An ordinary life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Nothing special.
    Plain,
    /// Many colleagues behind one address who sign in each morning.
    OfficeNat,
    /// Many phones that share the addresses of one /24.
    MobileCarrier,
    /// Always behind a VPN.
    VpnUser,
    /// Abroad since a flight of some hours.
    Traveller,
    /// From the network at home to that of the phone within a session.
    NetworkSwitch,
    /// Some failures, a reset, then success.
    ForgottenPassword,
    /// Two or three accounts on one device.
    Family,
    /// Up at night.
    NightWorker,
    /// Many searches in a row.
    PowerSearcher,
    /// The browser was brought up to date.
    BrowserUpdate,
    /// Phone and computer at the same time.
    TwoDevices,
    /// A program of the user's own that asks the whole day.
    HeavyUser,
    /// An employee who looks customers up by day.
    SupportAgent,
}

/// An attack or an ordinary life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Plot {
    #[serde(rename = "pattern")]
    Attack(Pattern),
    #[serde(rename = "kind")]
    Ordinary(Kind),
}

/// What an account has to do with an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// Of the attacker's own.
    Attacker,
    /// Of somebody who is attacked.
    Victim,
    /// Of somebody who shares an address or a network with an attacker.
    Bystander,
    /// Of somebody far from any attack.
    Normal,
}

impl Pattern {
    pub(crate) const ALL: [Self; 25] = [
        Self::PasswordGuessing,
        Self::PasswordSpraying,
        Self::StuffingAddress,
        Self::StuffingPrefix,
        Self::StuffingNetwork,
        Self::StuffingDevice,
        Self::StuffingSlow,
        Self::StuffingTakeover,
        Self::RingDevice,
        Self::RingAddress,
        Self::RegistrationBurst,
        Self::RegistrationDisposable,
        Self::ImpossibleTravel,
        Self::SessionHijack,
        Self::AccountTakeover,
        Self::DormantReturn,
        Self::ScrapingHosting,
        Self::ScrapingResidential,
        Self::SearchEnumeration,
        Self::Scanner,
        Self::BotHead,
        Self::InsiderEdit,
        Self::InsiderDelete,
        Self::InsiderExport,
        Self::PromoRing,
    ];
}

impl Kind {
    pub(crate) const ALL: [Self; 14] = [
        Self::Plain,
        Self::OfficeNat,
        Self::MobileCarrier,
        Self::VpnUser,
        Self::Traveller,
        Self::NetworkSwitch,
        Self::ForgottenPassword,
        Self::Family,
        Self::NightWorker,
        Self::PowerSearcher,
        Self::BrowserUpdate,
        Self::TwoDevices,
        Self::HeavyUser,
        Self::SupportAgent,
    ];

    /// Whether one life of this kind is that of a crowd.
    pub(crate) fn is_crowd(self) -> bool {
        matches!(self, Self::OfficeNat | Self::MobileCarrier)
    }
}

impl Plot {
    /// Everything but plain lives, attacks first.
    pub(crate) fn special() -> impl Iterator<Item = Self> {
        let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Plain);
        Pattern::ALL.into_iter().map(Self::Attack).chain(kinds.map(Self::Ordinary))
    }

    #[cfg(test)]
    pub(crate) fn pattern(self) -> Option<Pattern> {
        match self {
            Self::Attack(pattern) => Some(pattern),
            Self::Ordinary(_) => None,
        }
    }
}
